import { expect, test } from "vitest";
import { denoPermissions } from "../../../../scripts/deno-permissions.mjs";
import { ROOT } from "../testing/gambeson.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const REMOTE = ["submit", "list", "show", "watch", "cancel", "retry", "delete", "export"];
const PROGRAM = ["apps", "node_modules", "packages"].map((name) => `${ROOT}${name}`);

/** The flags as lists: `allow-read` -> paths. */
function flagsOf(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const places = { GAMBESON_CACHE_DIR: "/cache", GAMBESON_STATE_DIR: "/state", ...env };
  const flags = denoPermissions(args, { root: ROOT, cwd: "/home/me", env: places });
  return Object.fromEntries(
    flags.map((flag) => {
      const [name = "", values = ""] = flag.replace(/^--/, "").split("=");
      return [name, values.split(",")];
    }),
  );
}

test.each(REMOTE)("%s may call its server, read where it is, and no more", (command) => {
  const flags = flagsOf([command, "last", "--server", "http://lab.example:9000"]);
  expect(flags["allow-net"]).toEqual(["lab.example:9000"]);
  expect(flags["allow-read"]).toEqual([
    ...PROGRAM,
    "/state/server.json",
    ...(command === "export" ? ["/home/me/out"] : []),
  ]);
  expect(flags["allow-write"]).toEqual(command === "export" ? ["/home/me/out"] : undefined);
});

test("the server is --server, else GAMBESON_SERVER, else the state folder's", () => {
  const folder = Deno.realPathSync(temporaryFolder());
  Deno.writeTextFileSync(`${folder}/server.json`, '{"address":"http://127.0.0.1:8787","pid":1}');
  const env = { GAMBESON_STATE_DIR: folder };
  const variable = { ...env, GAMBESON_SERVER: "https://lab.example" };
  expect(flagsOf(["list", "--server=http://[::1]:80"], variable)["allow-net"]).toEqual(["[::1]:80"]);
  expect(flagsOf(["list"], variable)["allow-net"]).toEqual(["lab.example:443"]);
  expect(flagsOf(["list"], env)["allow-net"]).toEqual(["127.0.0.1:8787"]);
  expect(flagsOf(["list", "--state-dir", folder])["allow-net"]).toEqual(["127.0.0.1:8787"]);
  expect(flagsOf(["list"])["allow-net"]).toBeUndefined();
});

test.each(["", "lab", "http://", "http://a,b", "http://*"])("%j is no server to call", (address) => {
  expect(flagsOf(["list", "--server", address])["allow-net"]).toBeUndefined();
});

test("the files on the command line may be read or written", () => {
  const submit = flagsOf([
    "submit",
    "./my.json",
    "--tag",
    "export",
    "--token-file",
    "t",
    "--server",
    "http://a",
  ]);
  expect(submit["allow-read"]).toEqual([...PROGRAM, "/state/server.json", "/home/me/t", "/home/me/my.json"]);
  expect(submit["allow-net"]).toEqual(["a:80"]);
  expect(flagsOf(["export", "last", "--out", "o"])["allow-write"]).toEqual(["/home/me/o"]);
});

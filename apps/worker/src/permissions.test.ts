import { DOWNLOAD_HOSTS as DATASET_HOSTS } from "@gambeson/datasets";
import type { Command } from "commander";
import { expect, test } from "vitest";
import {
  cacheFolder,
  denoPermissions,
  environmentOf,
  DOWNLOAD_HOSTS,
  isPath,
  stateFolder,
  VALUE_OPTIONS,
} from "../../../scripts/deno-permissions.mjs";
import { isConfigPath } from "./commands/experiment-source.ts";
import { createProgram } from "./program.ts";
import { ROOT } from "./testing/gambeson.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

/** The flags as lists: `allow-read` -> paths. */
function flagsOf(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  const where = { GAMBESON_CACHE_DIR: "/cache", GAMBESON_STATE_DIR: "/state" };
  const flags = denoPermissions(args, { root: ROOT, cwd, env: { ...where, ...env } });
  return Object.fromEntries(
    flags.map((flag) => {
      const [name = "", values = ""] = flag.replace(/^--/, "").split("=");
      return [name, values.split(",")];
    }),
  );
}

test("the launcher knows every option that takes a value, and the download hosts", () => {
  const terminal = {
    write: () => undefined,
    columns: () => 80,
    isLive: false,
    paint: (_: string, text: string) => text,
  };
  const host = {
    stdout: terminal,
    stderr: terminal,
    env: () => undefined,
    signal: new AbortController().signal,
  };
  const program = createProgram({ ...host, now: () => 0 });
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
  const valued = all(program).flatMap(({ options }) =>
    options.filter((option) => option.required || option.optional),
  );
  const names = new Set(valued.map(({ long }) => long));
  expect([...names].sort()).toEqual(Object.keys(VALUE_OPTIONS).sort());
  expect(DOWNLOAD_HOSTS.map((host) => host.split(":")[0]!).sort()).toEqual([...DATASET_HOSTS].sort());
});

test.each(["report", "a.json", "./a", "a/b", "a\\b", ".", "json", "a.jsonx"])(
  "launcher and command line agree on whether %j is a path",
  (source) => {
    expect(isPath(source)).toBe(isConfigPath(source));
  },
);

test("run may write its three folders, and read besides them only the program and the data", () => {
  const flags = flagsOf(["run", "quick", "--data-dir=mine", "--dataset", "fashion-mnist"], "/home/me");
  expect(flags["allow-write"]).toEqual(["/home/me/out", "/state", "/cache/data"]);
  expect(new Set(flags["allow-read"])).toEqual(
    new Set([
      `${ROOT}apps`,
      `${ROOT}node_modules`,
      `${ROOT}packages`,
      "/home/me/mine",
      ...flags["allow-write"]!,
    ]),
  );
  expect(flags["allow-net"]).toEqual(DOWNLOAD_HOSTS);
  expect(Object.keys(flags).sort()).toEqual([
    "allow-env",
    "allow-net",
    "allow-read",
    "allow-write",
    "no-prompt",
  ]);
});

test("each path on the command line opens that path", () => {
  const run = flagsOf(
    ["run", "./my.json", "--out", "o", "--state-dir=/s", "--dataset", "./data", "--seed", "2"],
    "/home/me",
  );
  expect(run["allow-write"]).toEqual(["/home/me/o", "/s"]);
  expect(run["allow-read"]).toEqual(expect.arrayContaining(["/home/me/my.json", "/home/me/data"]));
  const attack = flagsOf(
    ["attack", "--weights", "w.safetensors", "--output", "a.csv", "--dataset", "synthetic"],
    "/home/me",
  );
  expect(attack["allow-write"]).toEqual(["/home/me/a.csv", "/home/me/a.csv.partial"]);
  expect(attack["allow-read"]).toEqual(expect.arrayContaining(["/home/me/w.safetensors"]));
  const setting = flagsOf(["run", "quick", "--set", 'dataset.name="./x"'], "/home/me");
  expect(setting["allow-read"]).toEqual(expect.arrayContaining(["/home/me/x"]));
});

test("a config file's own folder of images can be read", () => {
  const folder = Deno.realPathSync(temporaryFolder());
  Deno.writeTextFileSync(`${folder}/my.json`, '{"dataset":{"name":"./images"}}');
  const flags = flagsOf(["run", "my.json"], folder);
  expect(flags["allow-read"]).toEqual(expect.arrayContaining([`${folder}/my.json`, `${folder}/images`]));
  expect(flags["allow-net"]).toBeUndefined();
});

test.each([
  [["run", "quick", "--dataset", "synthetic"]],
  [["run", "quick", "--dataset", "./folder"]],
  [["attack", "--dataset", "synthetic"]],
  [["datasets"]],
  [["presets", "show", "quick"]],
  [["--help"]],
])("%j gets no network", (args) => {
  const flags = flagsOf(args, "/home/me");
  expect(flags["allow-net"]).toBeUndefined();
  expect(flags["allow-write"] ?? []).not.toContain("/cache/data");
});

test("nor does a data set that is all there", () => {
  const folder = temporaryFolder();
  Deno.mkdirSync(`${folder}/fashion-mnist`);
  const files = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte.gz"];
  for (const file of files) Deno.writeTextFileSync(`${folder}/fashion-mnist/${file}`, "");
  const args = ["run", "report", "--dataset", "auto"];
  expect(flagsOf(args, "/", { GAMBESON_DATA_DIR: folder })["allow-net"]).toEqual(DOWNLOAD_HOSTS);
  Deno.writeTextFileSync(`${folder}/fashion-mnist/t10k-labels-idx1-ubyte`, "");
  expect(flagsOf(args, "/", { GAMBESON_DATA_DIR: folder })["allow-net"]).toBeUndefined();
});

test.each([
  ["the folder of gambeson", ["datasets"], { root: "/a,b/" }, "/a,b/apps"],
  ["the output folder", ["run", "quick", "--out", "a,/etc"], {}, "/home/me/a,/etc"],
  ["the output folder", ["run", "quick"], { cwd: "/a,b" }, "/a,b/out"],
  ["the cache folder", ["datasets"], { env: { GAMBESON_CACHE_DIR: "/a,b" } }, "/a,b/data"],
])("a comma in %s is refused: Deno knows no way to write it", (name, args, where, path) => {
  const env = {
    GAMBESON_CACHE_DIR: "/cache",
    GAMBESON_STATE_DIR: "/state",
    ...("env" in where ? where.env : {}),
  };
  const usual = { root: ROOT, cwd: "/home/me", ...where, env };
  expect(() => denoPermissions(args, usual)).toThrow(
    new RangeError(`Cannot use ${name} as it must hold no comma: current value is "${path}"`),
  );
});

test("the cache folder is the system's own", () => {
  expect(cacheFolder({ HOME: "/h" }, "linux")).toBe("/h/.cache/gambeson");
  expect(cacheFolder({ HOME: "/h", XDG_CACHE_HOME: "/x" }, "linux")).toBe("/x/gambeson");
  expect(cacheFolder({ HOME: "/h" }, "darwin")).toBe("/h/Library/Caches/gambeson");
  expect(cacheFolder({ HOME: "/h", GAMBESON_CACHE_DIR: "/g" }, "linux")).toBe("/g");
});

test("the state folder is where the system keeps what nothing brings back", () => {
  expect(stateFolder({ HOME: "/h" }, "linux")).toBe("/h/.local/share/gambeson");
  expect(stateFolder({ HOME: "/h", XDG_DATA_HOME: "/x" }, "linux")).toBe("/x/gambeson");
  expect(stateFolder({ HOME: "/h" }, "darwin")).toBe("/h/Library/Application Support/gambeson");
  expect(stateFolder({ HOME: "/h", GAMBESON_STATE_DIR: "/s" }, "linux")).toBe("/s");
});

test("the server may listen at its one address and write its state; a worker has no network and reads data", () => {
  const serve = flagsOf(["serve", "--port", "9000", "--token-file", "t", "--data-dir", "/data"], "/home/me");
  expect(serve["allow-net"]).toEqual(["127.0.0.1:9000"]);
  expect(serve["allow-write"]).toEqual(["/state"]);
  expect(serve["allow-read"]).toEqual([
    ...["apps", "node_modules", "packages"].map((name) => `${ROOT}${name}`),
    "/home/me/t",
    "/state",
  ]);
  const work = flagsOf(["work", "--data-dir", "/data", "--log", "l"], "/home/me");
  expect(work["allow-net"]).toBeUndefined();
  expect(work["allow-write"]).toEqual(["/state", "/home/me/l"]);
  expect(work["allow-read"]).toEqual(expect.arrayContaining(["/cache/data", "/data"]));
  expect(flagsOf(["serve", "--host", "::1"], "/")["allow-net"]).toEqual(["[::1]:8787"]);
});

test.each([
  ["--host", "127.0.0.1,example.com"],
  ["--host", "a b"],
  ["--port", "80,example.com:443"],
  ["--port", ""],
  ["--port", "65536"],
  ["--port", "99999"],
])("%s %j opens no address", (option, value) => {
  expect(flagsOf(["serve", option, value], "/")["allow-net"]).toBeUndefined();
});

test("the token is the server's and its callers' alone", () => {
  const env = { GAMBESON_TOKEN: "secret", PATH: "/bin" };
  for (const command of ["serve", "submit", "list", "show", "watch", "cancel", "retry", "delete", "export"]) {
    expect(environmentOf([command, "last"], env)).toEqual(env);
    expect(flagsOf([command, "last"], "/")["allow-env"]).toContain("GAMBESON_TOKEN");
  }
  for (const args of [["work", "--log", "serve"], ["datasets", "fetch", "mnist"], ["run", "quick"], ["gc"]]) {
    expect(environmentOf(args, env)).toEqual({ PATH: "/bin" });
    expect(flagsOf(args, "/")["allow-env"]).not.toContain("GAMBESON_TOKEN");
  }
});

/** What a program with a command's flags is let do: runs it, in `folder`, with `folder/state` as its state folder. */
async function outcomes(args: readonly string[], folder: string): Promise<Record<string, string>> {
  const attempts = `
    const attempts = {
      passwords: () => Deno.readTextFile("/etc/hosts"),
      neighbour: () => Deno.writeTextFile("stray", ""),
      data: () => Deno.readTextFile("data/images"),
      damageData: () => Deno.writeTextFile("data/images", ""),
      environment: () => Promise.resolve(Deno.env.get("HOME")),
      program: () => new Deno.Command("ls").output(),
      foreignFunction: () => Promise.resolve(Deno.dlopen("libc.so.6", {})),
      network: () => fetch("https://example.com"),
      loopback: () => Deno.connect({ hostname: "127.0.0.1", port: 9 }),
      listen: () => Promise.resolve(Deno.listen({ hostname: "127.0.0.1", port: 18787 }).close()),
      listenWide: () => Promise.resolve(Deno.listen({ hostname: "0.0.0.0", port: 18787 }).close()),
      machine: () => Promise.resolve(Deno.hostname()),
      state: () => Deno.writeTextFile("state/own", ""),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      try { await attempt(); console.log(name, "allowed"); } catch (error) { console.log(name, error.name); }
    }`;
  Deno.writeTextFileSync(`${folder}/attempts.js`, attempts);
  Deno.mkdirSync(`${folder}/state`, { recursive: true });
  Deno.mkdirSync(`${folder}/data`, { recursive: true });
  Deno.writeTextFileSync(`${folder}/data/images`, "");
  const env = { GAMBESON_CACHE_DIR: `${folder}/cache`, GAMBESON_STATE_DIR: `${folder}/state` };
  const flags = denoPermissions(args, { root: ROOT, cwd: folder, env });
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-lock", ...flags, `${folder}/attempts.js`],
    cwd: folder,
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(" ") as [string, string]));
}

const NOTHING = {
  passwords: "NotCapable",
  neighbour: "NotCapable",
  data: "NotCapable",
  damageData: "NotCapable",
  environment: "NotCapable",
  program: "NotCapable",
  foreignFunction: "NotCapable",
  network: "NotCapable",
  loopback: "NotCapable",
  listen: "NotCapable",
  listenWide: "NotCapable",
  machine: "NotCapable",
};

test("with the server's flags, a program can listen at its address and write its state, and nothing else", async () => {
  const folder = Deno.realPathSync(temporaryFolder());
  expect(await outcomes(["serve", "--port", "18787", "--data-dir", "data"], folder)).toEqual({
    ...NOTHING,
    listen: "allowed",
    state: "allowed",
  });
});

test("with a worker's flags, a program can read data and write its state, and nothing else", async () => {
  const folder = Deno.realPathSync(temporaryFolder());
  expect(await outcomes(["work", "--data-dir", "data"], folder)).toEqual({
    ...NOTHING,
    data: "allowed",
    state: "allowed",
  });
});

test("with the flags of a run, a program can neither look around, nor run others, nor call out", async () => {
  const folder = Deno.realPathSync(temporaryFolder());
  const attempts = `
    const attempts = {
      passwords: () => Deno.readTextFile("/etc/hosts"),
      neighbour: () => Deno.writeTextFile("../stray", ""),
      environment: () => Promise.resolve(Deno.env.get("HOME")),
      program: () => new Deno.Command("ls").output(),
      network: () => fetch("https://example.com"),
      machine: () => Promise.resolve(Deno.hostname()),
      own: () => Deno.mkdir("out"),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      try { await attempt(); console.log(name, "allowed"); } catch (error) { console.log(name, error.name); }
    }`;
  Deno.writeTextFileSync(`${folder}/attempts.js`, attempts);
  const flags = denoPermissions(["run", "quick"], {
    root: ROOT,
    cwd: folder,
    env: { GAMBESON_CACHE_DIR: `${folder}/cache`, GAMBESON_STATE_DIR: `${folder}/state` },
  });
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-lock", ...flags, `${folder}/attempts.js`],
    cwd: folder,
  }).output();
  expect(new TextDecoder().decode(stdout).trim().split("\n")).toEqual([
    "passwords NotCapable",
    "neighbour NotCapable",
    "environment NotCapable",
    "program NotCapable",
    "network NotCapable",
    "machine NotCapable",
    "own allowed",
  ]);
});

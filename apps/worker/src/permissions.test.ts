import { DOWNLOAD_HOSTS as DATASET_HOSTS } from "@gambeson/datasets";
import type { Command } from "commander";
import { expect, test } from "vitest";
import {
  cacheFolder,
  denoPermissions,
  DOWNLOAD_HOSTS,
  isPath,
  VALUE_OPTIONS,
} from "../../../scripts/deno-permissions.mjs";
import { isConfigPath } from "./commands/experiment-source.ts";
import { createProgram } from "./program.ts";
import { ROOT } from "./testing/gambeson.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

/** The flags as lists: `allow-read` -> paths. */
function flagsOf(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  const flags = denoPermissions(args, { root: ROOT, cwd, env: { GAMBESON_CACHE_DIR: "/cache", ...env } });
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
  expect(flags["allow-write"]).toEqual(["/home/me/out", "/cache/state", "/cache/data"]);
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
  const usual = { root: ROOT, cwd: "/home/me", env: { GAMBESON_CACHE_DIR: "/cache" } };
  expect(() => denoPermissions(args, { ...usual, ...where })).toThrow(
    new RangeError(`Cannot use ${name} as it must hold no comma: current value is "${path}"`),
  );
});

test("the cache folder is the system's own", () => {
  expect(cacheFolder({ HOME: "/h" }, "linux")).toBe("/h/.cache/gambeson");
  expect(cacheFolder({ HOME: "/h", XDG_CACHE_HOME: "/x" }, "linux")).toBe("/x/gambeson");
  expect(cacheFolder({ HOME: "/h" }, "darwin")).toBe("/h/Library/Caches/gambeson");
  expect(cacheFolder({ HOME: "/h", GAMBESON_CACHE_DIR: "/g" }, "linux")).toBe("/g");
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
    env: { GAMBESON_CACHE_DIR: `${folder}/cache` },
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

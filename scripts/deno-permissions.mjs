// What the command line may touch, worked out from its arguments: the folders and files they name, and no more.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** Where the official data sets are downloaded from; a test holds this list against the datasets package. */
export const DOWNLOAD_HOSTS = [
  "fashion-mnist.s3-website.eu-central-1.amazonaws.com:80",
  "ossci-datasets.s3.amazonaws.com:443",
  "raw.githubusercontent.com:443",
  "storage.googleapis.com:443",
];

/** Every option that takes a value, and what the value is; a test holds this list against the command line's own. */
export const VALUE_OPTIONS = {
  "--allow-host": "text",
  "--allow-origin": "text",
  "--attack": "text",
  "--attempts": "text",
  "--checkpoint-every": "text",
  "--convention": "text",
  "--data-dir": "read",
  "--dataset": "dataset",
  "--epsilon": "text",
  "--first": "text",
  "--format": "text",
  "--geometry": "text",
  "--host": "text",
  "--lease": "text",
  "--limit": "text",
  "--log": "write",
  "--margin": "text",
  "--max-steps": "text",
  "--name": "text",
  "--notes": "text",
  "--older-than": "text",
  "--out": "write",
  "--output": "write",
  "--overshoot": "text",
  "--port": "text",
  "--search": "text",
  "--seed": "text",
  "--seeds": "text",
  "--server": "address",
  "--set": "setting",
  "--sort": "text",
  "--split": "text",
  "--state": "text",
  "--state-dir": "write",
  "--tag": "text",
  "--target": "text",
  "--kernels": "text",
  "--threads": "text",
  "--token-file": "read",
  "--weights": "read",
  "--workers": "text",
};

/** The commands that talk to a server that runs. */
const REMOTE = ["submit", "list", "show", "watch", "cancel", "retry", "delete", "export"];

const MOST_PORT = 65_535;
/** What requests must bring: the server's and its callers' business, and nobody else's. */
const TOKEN = "GAMBESON_TOKEN";

const ENVIRONMENT = [
  "CLICOLOR_FORCE",
  "FORCE_COLOR",
  "GAMBESON_CACHE_DIR",
  "GAMBESON_CODE",
  "GAMBESON_COMMAND",
  "GAMBESON_DATA_DIR",
  "GAMBESON_DEBUG",
  "GAMBESON_LAUNCHED",
  "GAMBESON_SERVER",
  "GAMBESON_STATE_DIR",
  "GAMBESON_SUPERVISED",
  "NO_COLOR",
  "TERM",
];

const IDX_STEMS = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

/** The folder for what can be made or fetched again: GAMBESON_CACHE_DIR, else the system's own place for it. */
export function cacheFolder(env, platform = process.platform) {
  if (env.GAMBESON_CACHE_DIR) return env.GAMBESON_CACHE_DIR;
  const home = env.HOME || homedir();
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "gambeson");
  if (platform === "darwin") return join(home, "Library", "Caches", "gambeson");
  return join(env.XDG_CACHE_HOME || join(home, ".cache"), "gambeson");
}

/** The folder for runs and their results, which nothing brings back: GAMBESON_STATE_DIR, else the system's own place for it. */
export function stateFolder(env, platform = process.platform) {
  if (env.GAMBESON_STATE_DIR) return env.GAMBESON_STATE_DIR;
  const home = env.HOME || homedir();
  if (platform === "win32")
    return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "gambeson", "state");
  if (platform === "darwin") return join(home, "Library", "Application Support", "gambeson");
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "gambeson");
}

/**
 * @param args What follows `gambeson`.
 * @param where `root` of the project, the user's `cwd` and `env` (with GAMBESON_CACHE_DIR and GAMBESON_STATE_DIR in it).
 * @returns Deno's permission flags.
 * @throws {RangeError} If one of the paths holds a comma: Deno would take it for two paths, and knows no way to write it.
 */
export function denoPermissions(args, { root, cwd, env }) {
  const scanned = scan(args);
  const at = (path) => resolve(cwd, path);
  const last = (name) => scanned.options.get(name)?.at(-1);
  const asked = {
    ...scanned,
    env,
    at,
    last,
    state: at(last("--state-dir") || env.GAMBESON_STATE_DIR),
    downloads: named("the cache folder", join(at(env.GAMBESON_CACHE_DIR), "data")),
  };
  const program = ["apps", "node_modules", "packages"].map((name) => join(root, name));
  const { read = [], write = [], net = [] } = placesOf(asked);
  const log = last("--log");
  const written = [...write, ...(log ? [named("--log", at(log))] : [])];
  return [
    `--allow-read=${list([named("the folder of gambeson", ...program), ...read, ...written])}`,
    ...(written.length > 0 ? [`--allow-write=${list(written)}`] : []),
    ...(net.length > 0 ? [`--allow-net=${net.join(",")}`] : []),
    `--allow-env=${[...ENVIRONMENT, ...(knowsToken(asked.command) ? [TOKEN] : [])].join(",")}`,
    "--no-prompt",
  ];
}

/** What a command's process gets of the environment: all but the token, where it has no use for that. */
export function environmentOf(args, env) {
  if (knowsToken(scan(args).command)) return env;
  return Object.fromEntries(Object.entries(env).filter(([name]) => name !== TOKEN));
}

function knowsToken(command) {
  return command === "serve" || REMOTE.includes(command);
}

function placesOf(asked) {
  if (asked.command === "serve") return placesOfServer(asked);
  if (REMOTE.includes(asked.command)) return placesOfRemote(asked);
  if (asked.command === "gc") return { write: [named("the state folder", asked.state)] };
  return placesOfWork(asked);
}

/** It listens, and touches the state folder. */
function placesOfServer({ at, last, state }) {
  return {
    read: tokenFile(at, last),
    write: [named("the state folder", state)],
    net: listenAddress(last("--host"), last("--port")),
  };
}

/** It calls the one server. */
function placesOfRemote({ command, positionals, env, at, last, state }) {
  const mark = join(state, "server.json");
  const hasConfig = command === "submit" && isPath(positionals[0] ?? "");
  return {
    read: [
      named("the state folder", mark),
      ...tokenFile(at, last),
      ...(hasConfig ? [named("the config file", at(positionals[0]))] : []),
    ],
    write: command === "export" ? [named("the output folder", at(last("--out") ?? "out"))] : [],
    net: serverAddress(last("--server") || env.GAMBESON_SERVER || markedAddress(mark)),
  };
}

/** It reads data sets and computes; what fetches data sets may call their hosts. */
function placesOfWork({ command, positionals, options, env, at, last, state, downloads }) {
  const read = [downloads];
  const write = [];
  const dataDir = last("--data-dir") ?? env.GAMBESON_DATA_DIR;
  if (dataDir) read.push(named("the data folder", at(dataDir)));
  const weights = last("--weights");
  if (weights) read.push(named("--weights", at(weights)));
  const configPath = command === "run" && isPath(positionals[0] ?? "") ? at(positionals[0]) : undefined;
  if (configPath) read.push(named("the config file", configPath));
  const dataset =
    command === "datasets"
      ? positionals[1]
      : (last("--dataset") ?? datasetSetting(options.get("--set") ?? []) ?? datasetOf(configPath));
  if (dataset && isFolder(dataset)) read.push(named("the data set", at(dataset)));
  if (command === "run") write.push(named("the output folder", at(last("--out") ?? "out")));
  if (command === "run" || command === "work") write.push(named("the state folder", state));
  const output = last("--output");
  if (output) write.push(named("--output", at(output), `${at(output)}.partial`));
  const mayFetch =
    command === "run" || command === "attack" || (command === "datasets" && positionals[0] === "fetch");
  const fetches = mayFetch && mayDownload(dataset, dataDir && at(dataDir));
  return { read, write: fetches ? [...write, downloads] : write, net: fetches ? DOWNLOAD_HOSTS : [] };
}

function tokenFile(at, last) {
  const path = last("--token-file");
  return path ? [named("--token-file", at(path))] : [];
}

/** The one address that a server may listen at; nothing where it is none, which is the command line's to say. */
function listenAddress(host = "127.0.0.1", port = "8787") {
  if (!/^[\w.:-]+$/.test(host) || !/^\d{1,5}$/.test(port) || Number(port) > MOST_PORT) return [];
  return [`${host.includes(":") ? `[${host}]` : host}:${port}`];
}

/** The one server that a command may call; nothing where it is no address, which is the command line's to say. */
function serverAddress(address) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^[\w.[\]:-]+$/.test(url.hostname)) return [];
  return [`${url.hostname}:${url.port || (url.protocol === "https:" ? 443 : 80)}`];
}

/** Where the server that runs on the state folder has written that it is. */
function markedAddress(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).address;
  } catch {
    return undefined;
  }
}

/** Sorts arguments into the command, its positionals and its options' values. */
export function scan(args) {
  const positionals = [];
  const options = new Map();
  for (let index = 0; index < args.length; index++) {
    const [name, inline] = split(args[index]);
    if (!name.startsWith("-")) positionals.push(args[index]);
    else if (Object.hasOwn(VALUE_OPTIONS, name)) {
      const value = inline ?? args[++index];
      if (value !== undefined) options.set(name, [...(options.get(name) ?? []), value]);
    }
  }
  const [command, ...rest] = positionals;
  return { command, positionals: rest, options };
}

function split(argument) {
  const equals = argument.startsWith("--") ? argument.indexOf("=") : -1;
  return equals === -1 ? [argument, undefined] : [argument.slice(0, equals), argument.slice(equals + 1)];
}

/** What `run` takes for a config file rather than a preset's name. */
export function isPath(text) {
  return text.endsWith(".json") || isFolder(text);
}

/** What a data set's name must look like to be a folder's path. */
function isFolder(text) {
  return /^\.|[/\\]/.test(text);
}

function datasetSetting(settings) {
  const prefix = "dataset.name=";
  const value = settings.findLast((setting) => setting.startsWith(prefix))?.slice(prefix.length);
  return value?.startsWith('"') ? value.slice(1, -1) : value;
}

/** The data set that a config file names; what is wrong with the file is the command line's to say. */
function datasetOf(configPath) {
  try {
    const name = configPath && JSON.parse(readFileSync(configPath, "utf8")).dataset?.name;
    return typeof name === "string" ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Only an official set that is not complete in the user's own data folder can need the network. */
function mayDownload(dataset, dataDir) {
  if (dataset === "synthetic" || (dataset && isFolder(dataset))) return false;
  const names =
    dataset === undefined ? ["fashion-mnist", "mnist"] : dataset === "auto" ? ["fashion-mnist"] : [dataset];
  return !dataDir || !names.every((name) => hasDataset(dataDir, name));
}

/** Whether a folder has all files of an official data set, by their names. */
export function hasDataset(folder, name) {
  return IDX_STEMS.every((stem) => [stem, `${stem}.gz`].some((file) => existsSync(join(folder, name, file))));
}

/** Paths, and what an error calls them. */
function named(name, ...paths) {
  return { name, paths };
}

/** Deno compares real paths. */
function list(groups) {
  const all = groups.flatMap(({ name, paths }) => {
    const both = paths.flatMap((path) => [path, realPath(path)]);
    const wrong = both.find((path) => path.includes(","));
    if (wrong === undefined) return both;
    throw new RangeError(`Cannot use ${name} as it must hold no comma: current value is "${wrong}"`);
  });
  return [...new Set(all)].join(",");
}

/** The real path, also of what is still to be made. */
function realPath(path) {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), path.slice(parent.length));
  }
}

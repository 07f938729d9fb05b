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
  "GAMBESON_TOKEN",
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
 * @param where `root` of the project, the user's `cwd` and `env` (with GAMBESON_CACHE_DIR in it).
 * @returns Deno's permission flags.
 * @throws {RangeError} If one of the paths holds a comma: Deno would take it for two paths, and knows no way to write it.
 */
export function denoPermissions(args, { root, cwd, env }) {
  const { command, positionals, options } = scan(args);
  const at = (path) => resolve(cwd, path);
  const last = (name) => options.get(name)?.at(-1);
  const cache = at(env.GAMBESON_CACHE_DIR);
  const program = ["apps", "node_modules", "packages"].map((name) => join(root, name));
  const read = [named("the folder of gambeson", ...program)];
  const write = [];
  const net = [];

  const state = named("the state folder", at(last("--state-dir") || env.GAMBESON_STATE_DIR));
  const downloads = named("the cache folder", join(cache, "data"));
  if (last("--log")) write.push(named("--log", at(last("--log")), `${at(last("--log"))}.1`));
  if (command === "serve") {
    write.push(state);
    if (last("--token-file")) read.push(named("--token-file", at(last("--token-file"))));
    net.push(listenAddress(last("--host"), last("--port")));
  } else if (REMOTE.includes(command)) {
    const mark = join(at(last("--state-dir") || env.GAMBESON_STATE_DIR), "server.json");
    read.push(named("the state folder", mark));
    if (last("--token-file")) read.push(named("--token-file", at(last("--token-file"))));
    if (command === "submit" && isPath(positionals[0] ?? ""))
      read.push(named("the config file", at(positionals[0])));
    if (command === "export") write.push(named("the output folder", at(last("--out") ?? "out")));
    net.push(...serverAddress(last("--server") || env.GAMBESON_SERVER || markedAddress(mark)));
  } else {
    read.push(downloads);
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
    if (command === "run") write.push(named("the output folder", at(last("--out") ?? "out")), state);
    if (command === "work" || command === "gc") write.push(state);
    const output = last("--output");
    if (output) write.push(named("--output", at(output), `${at(output)}.partial`));
    const mayFetch =
      command === "run" || command === "attack" || (command === "datasets" && positionals[0] === "fetch");
    if (mayFetch && mayDownload(dataset, dataDir && at(dataDir))) {
      write.push(downloads);
      net.push(...DOWNLOAD_HOSTS);
    }
  }

  return [
    `--allow-read=${list([...read, ...write])}`,
    ...(write.length > 0 ? [`--allow-write=${list(write)}`] : []),
    ...(net.length > 0 ? [`--allow-net=${net.join(",")}`] : []),
    `--allow-env=${ENVIRONMENT.join(",")}`,
    "--no-prompt",
  ];
}

/** The one address that a server may listen at; what is wrong with it is the command line's to say. */
function listenAddress(host = "127.0.0.1", port = "8787") {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
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

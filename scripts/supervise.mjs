// `gambeson serve` and `npm start`: one process that listens and does nothing else, workers without network beside it, and this one,
// which starts them, starts them again when they die, and ends them.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { clearInterval, clearTimeout, setInterval, setTimeout } from "node:timers";
import { hasDataset, scan } from "./deno-permissions.mjs";
import { keepLogSmall } from "./rotate-log.mjs";
import { startDeno } from "./start-deno.mjs";

/** What both get; the rest is the server's own, or a worker's own. */
const OF_WORKERS = [
  "--attempts",
  "--checkpoint-every",
  "--data-dir",
  "--kernels",
  "--lease",
  "--log",
  "--state-dir",
  "--threads",
];
const MOST_WORKERS = 64;
/** A child that dies is started again after so long, twice as long when it dies again soon, at most so long. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;
const SOON_MS = 5000;
/** A server that ends by itself this early was asked for something it cannot do. */
const STILLBORN_MS = 3000;
const USED_WRONGLY = 2;
/** A worker that has given no sign of life for so long sleeps, or hangs, and may hold up the others: it is ended and replaced. */
const SILENCE_MS = 60_000;
const WATCH_MS = 2000;
/** Children that have not ended by then are ended. */
const PATIENCE_MS = 4000;

/**
 * @param args What follows `gambeson serve`.
 * @param where `cwd`, `env` (complete), `onReady(address, workers)`, called once, and `exit(code)`, called once.
 * @returns `stop()`: ends everything, then calls `exit`.
 */
export function supervise(args, { cwd, env, onReady, exit }) {
  const { options } = scan(["serve", ...args]);
  const workers = readWorkers(options.get("--workers")?.at(-1) ?? "1");
  if (workers === undefined) {
    console.error(`gambeson: Cannot read --workers as it must be a whole number from 0 to ${MOST_WORKERS}`);
    exit(USED_WRONGLY);
    return { stop: () => undefined };
  }
  const children = new Set();
  let isStopping = false;
  let isReady = false;
  let code = 0;

  /** Keeps a process of that kind running. */
  function keep(name, childArgs, { stdout, onStart = () => undefined }) {
    let waitMs = FIRST_WAIT_MS;
    let isFirst = true;
    function start() {
      if (isStopping) return;
      const startedAt = Date.now();
      const child = startDeno(childArgs, { cwd, env: { ...env, GAMBESON_SUPERVISED: name }, stdout });
      children.add(child);
      onStart(child);
      child.on("error", (error) => {
        console.error(`gambeson: Cannot start Deno as it must run: ${error.message}`);
      });
      child.on("close", (exitCode, signal) => {
        children.delete(child);
        const livedMs = Date.now() - startedAt;
        if (isStopping) {
          if (children.size === 0) exit(code);
        } else if (exitCode === USED_WRONGLY || (isFirst && exitCode !== null && livedMs < STILLBORN_MS)) {
          code = exitCode;
          stop();
        } else {
          isFirst = false;
          waitMs = livedMs < SOON_MS ? Math.min(2 * waitMs, LONGEST_WAIT_MS) : FIRST_WAIT_MS;
          console.error(
            `gambeson: the ${name} ended (${signal ?? `exit code ${exitCode}`}); it is started again`,
          );
          setTimeout(start, waitMs);
        }
      });
    }
    start();
  }

  function startWorkers() {
    const own = OF_WORKERS.flatMap((name) => (options.get(name) ?? []).flatMap((value) => [name, value]));
    const share = workers > 1 && !options.has("--threads") ? ["--threads", threadsOf(workers)] : [];
    for (let worker = 0; worker < workers; worker++)
      keep("worker", ["work", ...own, ...share], { stdout: "pipe", onStart: endWhenSilent });
  }

  /** Fashion-MNIST comes first: a run on what is there would else be one on drawn images. */
  function fetchThenWork() {
    const dataDir = options.get("--data-dir")?.at(-1) ?? env.GAMBESON_DATA_DIR;
    const folders = [dataDir && resolve(cwd, dataDir), join(resolve(cwd, env.GAMBESON_CACHE_DIR), "data")];
    if (
      workers === 0 ||
      args.includes("--no-fetch") ||
      folders.some((folder) => folder && hasDataset(folder, "fashion-mnist"))
    ) {
      startWorkers();
      return;
    }
    const place = dataDir && existsSync(folders[0]) ? ["--data-dir", dataDir] : [];
    const child = startDeno(["datasets", "fetch", "fashion-mnist", ...place], { cwd, env });
    children.add(child);
    child.on("close", () => {
      children.delete(child);
      if (isStopping) {
        if (children.size === 0) exit(code);
      } else startWorkers();
    });
  }

  function stop() {
    if (isStopping) return;
    isStopping = true;
    if (children.size === 0) {
      exit(code);
      return;
    }
    for (const child of children) child.kill("SIGTERM");
    const timer = setTimeout(() => {
      for (const child of children) child.kill("SIGKILL");
    }, PATIENCE_MS);
    timer.unref();
    process.on("exit", () => clearTimeout(timer));
  }

  const log = options.get("--log")?.at(-1);
  if (log) keepLogSmall(resolve(cwd, log));
  keep("server", ["serve", ...args], {
    stdout: "pipe",
    onStart: (child) => {
      child.stdout.on("data", (chunk) => {
        process.stdout.write(chunk);
        const address = /Gambeson is at (\S+)/.exec(String(chunk))?.[1];
        if (address === undefined || isReady) return;
        isReady = true;
        onReady(address, workers);
      });
    },
  });
  fetchThenWork();
  return { stop };
}

/** Time that passes while this process sleeps too does not count. */
function endWhenSilent(child) {
  let silentMs = 0;
  let lookedAt = Date.now();
  child.stdout.on("data", () => (silentMs = 0));
  const watch = setInterval(() => {
    silentMs += Math.min(Date.now() - lookedAt, 2 * WATCH_MS);
    lookedAt = Date.now();
    if (silentMs > SILENCE_MS) child.kill("SIGKILL");
  }, WATCH_MS);
  child.on("close", () => clearInterval(watch));
}

function readWorkers(text) {
  return /^\d+$/.test(text) && Number(text) <= MOST_WORKERS ? Number(text) : undefined;
}

/** Workers share the cores. */
function threadsOf(workers) {
  return String(Math.max(1, Math.min(8, Math.floor(availableParallelism() / workers))));
}

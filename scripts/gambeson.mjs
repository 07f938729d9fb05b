// `npm run gambeson -- ...` and `npm start`: installs what is missing and starts the command line in Deno, with leave to
// touch only what its arguments name. Passes signals on, answers with its exit status, and leaves nothing running.
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers";
import { buildViewer } from "./build-viewer.mjs";
import { codeVersion } from "./code-version.mjs";
import { cacheFolder, scan, stateFolder } from "./deno-permissions.mjs";
import { ensureInstalled, ROOT } from "./install.mjs";
import { startDeno } from "./start-deno.mjs";
import { startReport } from "./start-report.mjs";
import { supervise } from "./supervise.mjs";

/** A command that does not end by itself so soon after it was told to stop is ended. */
const PATIENCE_MS = 1700;
/** Ctrl-C reaches us from the terminal and once more through npm: signals this close together are one. */
const SAME_PRESS_MS = 300;
const USED_WRONGLY = 2;
const INTERRUPTED = 130;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

ensureInstalled();
const args = process.argv.slice(2);
const isNpmScript = ["gambeson", "start"].includes(process.env.npm_lifecycle_event ?? "");
const cwd = (isNpmScript && process.env.INIT_CWD) || process.cwd();
const command = describeCommand();
const env = {
  ...process.env,
  DENO_NO_UPDATE_CHECK: "1",
  GAMBESON_CACHE_DIR: cacheFolder(process.env),
  GAMBESON_CODE: codeVersion(ROOT),
  GAMBESON_COMMAND: command,
  GAMBESON_LAUNCHED: "1",
  GAMBESON_STATE_DIR: stateFolder(process.env),
};
const [first, ...rest] = args;
const asksForHelp = rest.some((argument) => argument === "--help" || argument === "-h");

try {
  if (first === "start" && !asksForHelp)
    await serveAnd((address, workers) => startReport(address, workers, { cwd, env }), withLog(rest));
  else if (first === "serve" && !asksForHelp) await serveAnd(() => undefined, rest);
  else runOnce(first === "start" ? ["serve", "--help"] : args);
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(`gambeson: ${error.message}`);
  process.exit(USED_WRONGLY);
}

/** Lines of JSON are no sight for the terminal of somebody who wants to see a report. */
function withLog(serveArgs) {
  const { options } = scan(["serve", ...serveArgs]);
  if (options.has("--log")) return serveArgs;
  const state = options.get("--state-dir")?.at(-1) ?? env.GAMBESON_STATE_DIR;
  return [...serveArgs, "--log", join(resolve(cwd, state), "gambeson.log")];
}

/** A server with its workers, until it is stopped. */
async function serveAnd(onReady, serveArgs) {
  buildViewer();
  let stoppedAt;
  const { stop } = supervise(serveArgs, {
    cwd,
    env,
    onReady,
    exit: (code) => process.exit(stoppedAt === undefined ? code : INTERRUPTED),
  });
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const now = Date.now();
      if (stoppedAt !== undefined && now - stoppedAt > SAME_PRESS_MS) process.exit(INTERRUPTED);
      if (stoppedAt !== undefined) return;
      stoppedAt = now;
      console.error(`\nStopping. What is finished is kept; go on with:\n  ${command}`);
      stop();
    });
  }
}

/** Any other command: one process. */
function runOnce(childArgs) {
  const child = startDeno(childArgs, { cwd, env });
  let stoppedAt;
  for (const signal of SIGNALS) process.on(signal, () => stop(signal));
  child.on("error", (error) => {
    console.error(`gambeson: Cannot start Deno as it must run: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (code !== null) process.exit(code);
    process.exit(stoppedAt === undefined ? 128 + constants.signals[signal] : INTERRUPTED);
  });

  function stop(signal) {
    const now = Date.now();
    if (stoppedAt === undefined) {
      stoppedAt = now;
      child.kill(signal);
      setTimeout(() => {
        // It hears signals between batches only; what it has finished is on the disk already.
        const kept = "Finished tasks and the last epoch are kept; go on with:";
        console.error(scan(args).command === "run" ? `\nStopped. ${kept}\n  ${command}` : "\nStopped.");
        child.kill("SIGKILL");
      }, PATIENCE_MS).unref();
    } else if (now - stoppedAt > SAME_PRESS_MS) {
      child.kill("SIGKILL");
    }
  }
}

/** What to type to get the same again, and to go on after a stop. */
function describeCommand() {
  const wanted = args.filter((argument) => argument !== "--fresh").map(quote);
  if (process.env.npm_lifecycle_event !== "start") return ["npm run gambeson --", ...wanted].join(" ");
  const extra = wanted.slice(1); // package.json's own: start
  return ["npm start", ...(extra.length > 0 ? ["--", ...extra] : [])].join(" ");
}

function quote(argument) {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

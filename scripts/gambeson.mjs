// `npm run gambeson -- ...` and `npm start`: installs what is missing and starts the command line in Deno, with leave to
// touch only what its arguments name. Passes signals on, answers with its exit status, and leaves nothing running.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers";
import { codeVersion } from "./code-version.mjs";
import { cacheFolder, denoPermissions } from "./deno-permissions.mjs";
import { denoPath, ensureInstalled, ROOT } from "./install.mjs";

/** A command that does not end by itself so soon after it was told to stop is ended. */
const PATIENCE_MS = 1700;
/** Ctrl-C reaches us from the terminal and once more through npm: signals this close together are one. */
const SAME_PRESS_MS = 300;
const USED_WRONGLY = 2;
const INTERRUPTED = 130;

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
};
const flags = ["--no-remote", "--no-lock", ...permissions()];
const main = join(ROOT, "apps", "worker", "src", "main.ts");
// Standard input is a pipe that nothing is written to: its end tells the child that we are gone, however we went.
const child = spawn(denoPath(), ["run", ...flags, main, ...args], {
  cwd,
  env,
  stdio: ["pipe", "inherit", "inherit"],
});
child.stdin.on("error", () => undefined);

let stoppedAt;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));
child.on("error", (error) => {
  console.error(`gambeson: Cannot start Deno as ${denoPath()} must run: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => {
  if (code !== null) process.exit(code);
  process.exit(stoppedAt === undefined ? 128 + constants.signals[signal] : INTERRUPTED);
});

function permissions() {
  try {
    return denoPermissions(args, { root: ROOT, cwd, env });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(`gambeson: ${error.message}`);
    process.exit(USED_WRONGLY);
  }
}

function stop(signal) {
  const now = Date.now();
  if (stoppedAt === undefined) {
    stoppedAt = now;
    child.kill(signal);
    setTimeout(() => {
      // It hears signals between batches only; what it has finished is on the disk already.
      const kept = "Finished tasks and the last epoch are kept; go on with:";
      console.error(args[0] === "run" ? `\nStopped. ${kept}\n  ${command}` : "\nStopped.");
      child.kill("SIGKILL");
    }, PATIENCE_MS).unref();
  } else if (now - stoppedAt > SAME_PRESS_MS) {
    child.kill("SIGKILL");
  }
}

/** What to type to get the same again, and to go on after a stop. */
function describeCommand() {
  const wanted = args.filter((argument) => argument !== "--fresh").map(quote);
  if (process.env.npm_lifecycle_event !== "start") return ["npm run gambeson --", ...wanted].join(" ");
  const extra = wanted.slice(4); // package.json's own: run report --dataset auto
  return ["npm start", ...(extra.length > 0 ? ["--", ...extra] : [])].join(" ");
}

function quote(argument) {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

// `npm run bench -- ...`: installs what is missing and starts the benchmark in Deno. Passes signals on, and answers with its exit
// status.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "./deno-permissions.mjs";
import { denoPath, ensureInstalled, ROOT } from "./install.mjs";

ensureInstalled();
const isNpmScript = process.env.npm_lifecycle_event === "bench";
const main = join(ROOT, "apps", "bench", "src", "main.ts");
// It starts programs of all kinds: permissions would be for show.
const child = spawn(denoPath(), ["run", "-A", "--no-remote", "--no-lock", main, ...process.argv.slice(2)], {
  cwd: (isNpmScript && process.env.INIT_CWD) || process.cwd(),
  env: { ...process.env, DENO_NO_UPDATE_CHECK: "1", GAMBESON_CACHE_DIR: cacheFolder(process.env) },
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`bench: Cannot start Deno as ${denoPath()} must run: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));

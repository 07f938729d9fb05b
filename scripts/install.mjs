// Installs the project's packages (Deno included) when they are missing or older than the lock file.
// Needs Node and npm alone: pnpm comes through npx, in the version that package.json names.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs pnpm with `args` in the project's root and returns its exit status. */
export function pnpm(args, options = {}) {
  const { packageManager } = JSON.parse(readFileSync(`${ROOT}/package.json`, "utf8"));
  const result = spawnSync("npx", ["--yes", packageManager, ...args], {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
  });
  return result.status ?? 1;
}

/** Makes node_modules match pnpm-lock.yaml; does nothing when it already does. */
export function ensureInstalled() {
  const installed = `${ROOT}/node_modules/.pnpm/lock.yaml`;
  const denoIsThere = existsSync(denoPath());
  const isCurrent =
    denoIsThere &&
    existsSync(installed) &&
    readFileSync(installed, "utf8") === readFileSync(`${ROOT}/pnpm-lock.yaml`, "utf8");
  if (isCurrent) return;
  console.error("gambeson: installing packages (the first time takes a minute)");
  const status = pnpm(["install", "--frozen-lockfile", "--reporter=append-only"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) {
    console.error(`Cannot install the packages as pnpm must succeed: current exit status is ${status}`);
    process.exit(1);
  }
}

/** The Deno program itself: the launcher beside it would not pass signals on. */
export function denoPath() {
  return `${ROOT}/node_modules/deno/deno${process.platform === "win32" ? ".exe" : ""}`;
}

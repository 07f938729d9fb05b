// Starts the command line in Deno, with leave to touch only what its arguments name.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { denoPermissions, environmentOf } from "./deno-permissions.mjs";
import { denoPath, ROOT } from "./install.mjs";

/**
 * Standard input is a pipe that nothing is written to: its end tells the child that we are gone, however we went.
 *
 * @param args What follows `gambeson`.
 * @param where `cwd`, `env` (complete; what the command has no use for is left out), and `stdout`: "inherit" or "pipe".
 * @throws {RangeError} If one of the paths holds a comma.
 */
export function startDeno(args, { cwd, env, stdout = "inherit" }) {
  const flags = ["--no-remote", "--no-lock", ...denoPermissions(args, { root: ROOT, cwd, env })];
  const main = join(ROOT, "apps", "worker", "src", "main.ts");
  const child = spawn(denoPath(), ["run", ...flags, main, ...args], {
    cwd,
    env: environmentOf(args, env),
    stdio: ["pipe", stdout, "inherit"],
  });
  child.stdin.on("error", () => undefined);
  return child;
}

// Runs a program of the worker's tests in Deno.   usage: node scripts/run-deno.mjs crash|load [arguments]
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { denoPath, ensureInstalled, ROOT } from "./install.mjs";

ensureInstalled();
const [name, ...args] = process.argv.slice(2);
const main = join(ROOT, "apps", "worker", "src", name, "main.ts");
const { status } = spawnSync(denoPath(), ["run", "-A", "--no-lock", main, ...args], { stdio: "inherit" });
process.exit(status ?? 1);

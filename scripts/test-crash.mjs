// `npm run test:crash -- --kills N [--seed S]`: kills the service at random moments, and looks whether anything is lost.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { denoPath, ensureInstalled, ROOT } from "./install.mjs";

ensureInstalled();
const main = join(ROOT, "apps", "worker", "src", "crash", "main.ts");
const { status } = spawnSync(denoPath(), ["run", "-A", "--no-lock", main, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(status ?? 1);

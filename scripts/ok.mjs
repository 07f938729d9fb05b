// `pnpm ok`: format, lint, types, levels, tests. One command means done.
import { spawnSync } from "node:child_process";
import { ensureInstalled, pnpm, ROOT } from "./install.mjs";

ensureInstalled();
const steps = [
  ["format", () => pnpm(["exec", "prettier", "--check", "."])],
  ["lint", () => pnpm(["exec", "eslint", "."])],
  ["types", () => pnpm(["exec", "turbo", "run", "typecheck", "--output-logs=errors-only"])],
  ["levels", () => node("scripts/levels.mjs")],
  ["tests", () => node("scripts/test.mjs")],
];
for (const [name, run] of steps) {
  console.log(`\n== ${name}`);
  const status = run();
  if (status !== 0) {
    console.error(`not ok: ${name}`);
    process.exit(status);
  }
}
console.log("\nok");

function node(script) {
  return spawnSync(process.execPath, [script], { cwd: ROOT, stdio: "inherit" }).status ?? 1;
}

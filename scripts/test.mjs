// `npm test`: installs what is missing, runs every package's tests under Node, under Deno and in a browser (turbo keeps
// what has not changed), and ends with one line: N passed, N failed.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { findChromium } from "./find-chromium.mjs";
import { ensureInstalled, pnpm, ROOT } from "./install.mjs";

ensureInstalled();
// Part of what turbo goes by: once there is a browser, tests that passed over it are run.
process.env.GAMBESON_CHROMIUM ??= findChromium() ?? "";
for (const file of countFiles()) rmSync(file);
const status = pnpm([
  "exec",
  "turbo",
  "run",
  "test:node",
  "test:deno",
  "test:browser",
  "--concurrency=2",
  "--continue",
  ...process.argv.slice(2),
]);

let passed = 0;
let failed = 0;
let skipped = 0;
for (const file of countFiles()) {
  const counts = JSON.parse(readFileSync(file, "utf8"));
  passed += counts.numPassedTests;
  failed +=
    counts.numFailedTests +
    counts.testResults.filter((suite) => suite.status === "failed" && suite.assertionResults.length === 0)
      .length;
  skipped += counts.numPendingTests;
}
if (status !== 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** What vitest wrote, one file for each package and runtime. */
function countFiles() {
  return ["packages", "apps"]
    .flatMap((folder) => readdirSync(`${ROOT}/${folder}`).map((name) => `${ROOT}/${folder}/${name}/.vitest`))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`));
}

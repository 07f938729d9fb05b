// Runs the tests of the package in the working directory under "node" or "deno", or its *.browser.test.ts in a
// "browser", and leaves vitest's counts in .vitest/<runtime>.json.
// usage: node ../../scripts/vitest-under.mjs node|deno|browser [vitest arguments]
import { spawnSync } from "node:child_process";
import { findChromium, HOW_TO_GET_CHROMIUM } from "./find-chromium.mjs";
import { denoPath, ROOT } from "./install.mjs";

const vitest = `${ROOT}/node_modules/vitest/vitest.mjs`;
const [runtime, ...rest] = process.argv.slice(2);
if (runtime === "browser" && findChromium() === null) {
  console.warn(HOW_TO_GET_CHROMIUM);
  process.exit(0);
}
const args = [
  vitest,
  "run",
  "--config",
  runtime === "browser" ? `${process.cwd()}/vitest.browser.config.ts` : `${ROOT}/vitest.config.ts`,
  "--root",
  process.cwd(),
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=.vitest/${runtime}.json`,
  ...rest,
];
const [command, before] = runtime === "deno" ? [denoPath(), ["run", "-A"]] : [process.execPath, []];
const { status } = spawnSync(command, [...before, ...args], {
  stdio: "inherit",
  env: { ...process.env, GAMBESON_TEST_RUNTIME: runtime },
});
process.exit(status ?? 1);

// Runs the tests of the package in the working directory under "node" or "deno" and leaves vitest's counts
// in .vitest/<runtime>.json.   usage: node ../../scripts/vitest-under.mjs node|deno [vitest arguments]
import { spawnSync } from "node:child_process";
import { denoPath, ROOT } from "./install.mjs";

const vitest = `${ROOT}/node_modules/vitest/vitest.mjs`;
const [runtime, ...rest] = process.argv.slice(2);
const args = [
  vitest,
  "run",
  "--config",
  `${ROOT}/vitest.config.ts`,
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

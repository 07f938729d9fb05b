import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("the generated programs and layouts are what assembly/ gives", () => {
  // The compiler is a program of Node's, under whichever runtime this test runs.
  const build = fileURLToPath(new URL("../build.mjs", import.meta.url));
  const { status, stderr } = spawnSync("node", [build, "--check"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

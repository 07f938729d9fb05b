import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { writeTinyData } from "../testing/tiny-experiment.ts";
import { crashTest } from "./crash-test.ts";
import { freePort } from "./service.ts";

test("killed 25 times at random moments, the service loses nothing that it acknowledged", async () => {
  const folder = temporaryFolder();
  writeTinyData(`${folder}/data`);
  const report = await crashTest({
    kills: 25,
    seed: 7,
    folder,
    port: freePort(),
    onProgress: () => undefined,
  });
  const { kills, acknowledged, seconds, ...findings } = report;
  expect(findings).toEqual({
    wrongRuns: [],
    wrongKeys: [],
    doneTwice: [],
    wrongEvents: [],
    wrongFiles: [],
    leftovers: [],
    orphans: [],
    integrity: "ok",
  });
  expect(kills.serve + kills.work + kills.all).toBe(25);
  expect(kills.serve).toBeGreaterThan(0);
  expect(kills.work).toBeGreaterThan(0);
  expect(acknowledged).toBeGreaterThan(5);
  expect(seconds).toBeGreaterThan(0);
}, 300_000);

import { expect, onTestFinished, test } from "vitest";
import { freePort, Service } from "../crash/service.ts";
import { submitTiny, uploadTiny } from "../crash/submit-tiny.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { writeTinyData } from "../testing/tiny-experiment.ts";
import { loadTest, runSeconds } from "./load-test.ts";
import { PROMISED } from "./missed-promises.ts";

test("200 clients that are cut off 200 times get every event once, in order, while readers read", async () => {
  const folder = temporaryFolder();
  writeTinyData(`${folder}/data`);
  const service = new Service({ folder, port: freePort(), args: ["--threads", "1"] });
  service.start();
  onTestFinished(() => service.killAll());
  await service.ready();
  const dataset = await uploadTiny(service, folder);
  const first = await submitTiny(service, { dataset, seed: 1 });
  await runSeconds(service, first.id);

  const report = await loadTest(service, {
    streams: 200,
    readers: 50,
    reconnects: 200,
    finished: first.id,
    work: async () => {
      for (const seed of [2, 3]) {
        const { id } = await submitTiny(service, { dataset, seed });
        await runSeconds(service, id);
      }
    },
  });
  expect(report.faults).toEqual([]);
  expect(report.failedReads).toEqual([]);
  expect(report.events).toBeGreaterThan(50);
  expect(report.deliveries).toBe(200 * report.events);
  expect(report.reconnects).toBeGreaterThanOrEqual(150);
  expect(report.reads).toBeGreaterThan(50);
  expect(report.cleanUpMs).toBeLessThan(PROMISED.cleanUpMs);
}, 120_000);

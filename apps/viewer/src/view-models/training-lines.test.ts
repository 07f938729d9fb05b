import type { EpochMetrics } from "@gambeson/contract";
import { expect, test } from "vitest";
import { sampleConfig, sampleTask } from "../testing/sample-run.ts";
import { trainingLines } from "./training-lines.ts";

const EPOCH: EpochMetrics = {
  ...{ epoch: 1, loss: 0.5, regulariser: null, capped: null, unfooled: null },
  trainAccuracy: { count: 5, of: 10 },
  testAccuracy: { count: 4, of: 10 },
};

test("trainingLines() has a line for each training that has told something, in its model's look", () => {
  const tasks = [
    sampleTask("prepare", []),
    sampleTask("seed-1/pretrain", ["prepare"], { epochs: [EPOCH] }),
    sampleTask("seed-1/vanilla/train", ["seed-1/pretrain"], { epochs: [EPOCH, { ...EPOCH, epoch: 2 }] }),
    sampleTask("seed-1/vanilla/evaluate", ["seed-1/vanilla/train"]),
  ];
  const shown = trainingLines({ tasks, config: sampleConfig() });
  expect(shown.map(({ id, label, style, epochs }) => [id, label, style, epochs.length])).toEqual([
    ["seed-1/pretrain", "Pre-trained", 0, 1],
    ["seed-1/vanilla/train", "Vanilla", 1, 2],
  ]);
  const untold = tasks.map((task) => ({ ...task, epochs: [] }));
  expect(trainingLines({ tasks: untold, config: sampleConfig() })).toEqual([]);
});

test("trainingLines() tells seeds apart", () => {
  const tasks = [2, 3].map((seed) => sampleTask(`seed-${seed}/pretrain`, [], { epochs: [EPOCH] }));
  expect(trainingLines({ tasks, config: sampleConfig([2, 3]) }).map(({ label }) => label)).toEqual([
    "Pre-trained, seed 2",
    "Pre-trained, seed 3",
  ]);
});

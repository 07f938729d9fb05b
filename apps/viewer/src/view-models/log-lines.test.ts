import type { ServerEvent } from "@gambeson/contract";
import { expect, test } from "vitest";
import { logLines } from "./log-lines.ts";

const about = (id: number) => ({
  id,
  at: `2026-11-22T00:00:${String(id).padStart(2, "0")}.000Z`,
  run: "r0000000000000000001",
});
const train = { task: "seed-1/vanilla/train", title: "Training Vanilla" };
const metrics = {
  ...{ epoch: 2, loss: 0.41234, regulariser: null, capped: null, unfooled: null },
  trainAccuracy: { count: 9, of: 10 },
  testAccuracy: { count: 873, of: 1000 },
};
const EVENTS: readonly ServerEvent[] = [
  { ...about(1), kind: "run-created", name: "Mine" },
  { ...about(2), kind: "run-changed", state: "running" },
  { ...about(3), kind: "task-started", ...train, attempt: 2, runShare: 0.1 },
  { ...about(4), kind: "task-progress", task: train.task, share: 0.5, note: "", runShare: 0.2 },
  { ...about(5), kind: "epoch-finished", task: train.task, metrics },
  { ...about(6), kind: "run-changed", state: "running" },
  { ...about(7), kind: "task-finished", ...train, seconds: 12.345, reused: false, runShare: 0.4 },
  { ...about(8), kind: "run-changed", state: "running" },
  { ...about(9), kind: "task-failed", ...train, message: "No room", willRetry: false },
  { ...about(10), kind: "run-changed", state: "failed" },
];

test("logLines() says what happened, but for progress", () => {
  const lines = logLines(EVENTS, [{ id: train.task, title: train.title }], {
    locale: "en-GB",
    timeZone: "UTC",
  });
  expect(lines.map(({ time, text }) => `${time} ${text}`)).toEqual([
    "00:00:01 Submitted",
    "00:00:02 A worker has taken it up",
    "00:00:03 Training Vanilla: begun, attempt 2",
    "00:00:05 Training Vanilla: epoch 2, loss 0.4123, 87.3% of test images right",
    "00:00:06 Name, tags or notes were changed",
    "00:00:07 Training Vanilla: done in 12.3 s",
    "00:00:08 Data set and machine are known now",
    "00:00:09 Training Vanilla: failed: No room",
    "00:00:10 The run has failed",
  ]);
  expect(lines.filter(({ isTrouble }) => isTrouble).map(({ id }) => id)).toEqual([9, 10]);
});

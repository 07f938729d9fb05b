import { expect, test } from "vitest";
import { sampleRun, sampleTask } from "../testing/sample-run.ts";
import { runHeader } from "./run-header.ts";

const OPTIONS = { locale: "en-GB", timeZone: "UTC" } as const;
/** Ten seconds after the sample run began. */
const NOW = Date.parse("2026-11-22T00:00:11.000Z");

test("runHeader() says how far a run is, and how long it goes on", () => {
  const header = runHeader(sampleRun({ share: 0.25 }), NOW, OPTIONS);
  // A quarter took 10 s.
  expect(header).toMatchObject({
    ...{ stateText: "running, 25%, about 30 secs left", share: 0.25, failures: [], warning: null },
    actions: ["cancel"],
  });
  expect(header.facts).toEqual([
    ["Data set", "mnist"],
    ["Seed", "1"],
    ["Submitted", "22 Nov 2026, 00:00:00"],
    ["Begun", "22 Nov 2026, 00:00:01"],
  ]);
});

test("runHeader() says when a run has ended, and how long it took", () => {
  const header = runHeader(
    sampleRun({ state: "finished", share: 1, finishedAt: "2026-11-22T00:00:13.300Z" }),
    NOW,
    OPTIONS,
  );
  expect(header).toMatchObject({
    stateText: "finished",
    share: null,
    actions: ["delete"],
  });
  expect(header.facts.slice(-2)).toEqual([
    ["Ended", "22 Nov 2026, 00:00:13"],
    ["Took", "12.3 s"],
  ]);
});

test("runHeader() names the tasks that failed, each with its whole error", () => {
  const tasks = [
    sampleTask("prepare", [], { state: "finished" }),
    sampleTask("seed-1/pretrain", ["prepare"], { title: "Pre-training", state: "failed", error: "No room" }),
    sampleTask("assemble", ["seed-1/pretrain"], { state: "skipped" }),
  ];
  expect(
    runHeader(sampleRun({ state: "failed", tasks, error: "Pre-training: No room" }), NOW, OPTIONS),
  ).toMatchObject({
    ...{ failures: [{ title: "Pre-training", error: "No room" }], actions: ["retry", "delete"] },
  });
  // Before a task was tried.
  expect(runHeader(sampleRun({ state: "failed", tasks: [], error: "Gone" }), NOW, OPTIONS).failures).toEqual([
    { title: "The run", error: "Gone" },
  ]);
});

test("runHeader() says what is being done", () => {
  const tasks = [
    sampleTask("prepare", [], { state: "finished", note: "" }),
    sampleTask("a", ["prepare"], { title: "Training A", state: "running", note: "epoch 3/5" }),
    sampleTask("b", ["prepare"], { title: "Training B", state: "running" }),
    sampleTask("assemble", ["a", "b"]),
  ];
  expect(runHeader(sampleRun({ tasks }), NOW, OPTIONS).now).toEqual(["Training A: epoch 3/5", "Training B"]);
});

test("runHeader() warns of images that stand in for others", () => {
  expect(runHeader(sampleRun({ standIn: true }), NOW, OPTIONS).warning).toBe(
    "Drawn images stand in for the data set wanted (mnist): the numbers say nothing about it.",
  );
});

test("runHeader() says what a config may get that names no data set", () => {
  const { facts } = runHeader(sampleRun({ state: "queued", dataset: "auto" }), NOW, OPTIONS);
  expect(facts[0]).toEqual(["Data set", "Fashion-MNIST, or drawn images"]);
});

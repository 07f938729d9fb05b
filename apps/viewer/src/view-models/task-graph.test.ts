import { expect, test } from "vitest";
import { sampleConfig, sampleTask } from "../testing/sample-run.ts";
import { taskGroups } from "./task-graph.ts";

/** The tasks of the pre-trained model and Vanilla, as a worker plans them. */
const seedTasks = (seed: number) => {
  const id = (name: string) => `seed-${seed}/${name}`;
  return [
    sampleTask(id("pretrain"), ["prepare"]),
    sampleTask(id("craft-test"), ["prepare", id("pretrain")], { kind: "craft" }),
    sampleTask(id("vanilla/train"), ["prepare", id("pretrain")]),
    sampleTask(id("pretrained/evaluate"), ["prepare", id("pretrain"), id("craft-test")]),
    sampleTask(id("pretrained/sample"), ["prepare", id("pretrain")]),
    sampleTask(id("vanilla/evaluate"), ["prepare", id("vanilla/train"), id("craft-test")]),
    sampleTask(id("epsilon-reference"), ["prepare", id("vanilla/train")]),
    sampleTask(id("pretrained/sweep"), ["prepare", id("pretrain"), id("epsilon-reference")]),
  ];
};
const wholeRun = (seeds: readonly number[]) => {
  const between = seeds.flatMap(seedTasks);
  return {
    config: sampleConfig(seeds),
    tasks: [
      sampleTask("prepare", []),
      ...between,
      sampleTask(
        "assemble",
        between.map(({ id }) => id),
      ),
    ],
  };
};

test("taskGroups() puts tasks behind what they need, a lane a model", () => {
  const [group, ...others] = taskGroups(wholeRun([1]));
  expect(others).toEqual([]);
  expect(group!.nodes.map(({ id, column, row }) => [id, column, row])).toEqual([
    ["prepare", 0, 0],
    ["seed-1/pretrain", 1, 0],
    ["seed-1/craft-test", 2, 0],
    ["seed-1/vanilla/train", 2, 2],
    ["seed-1/pretrained/evaluate", 3, 0],
    // A sample needs the weights only, and stands with what else does.
    ["seed-1/pretrained/sample", 2, 1],
    ["seed-1/vanilla/evaluate", 3, 2],
    // It attacks Vanilla.
    ["seed-1/epsilon-reference", 3, 3],
    ["seed-1/pretrained/sweep", 4, 0],
    ["assemble", 5, 0],
  ]);
  expect([group!.columns, group!.rows]).toEqual([6, 4]);
  expect(group!.lanes).toEqual([
    { label: "Pre-trained", row: 0, rows: 2 },
    { label: "Vanilla", row: 2, rows: 2 },
  ]);
});

test("taskGroups() draws no need that follows from another", () => {
  const [group] = taskGroups(wholeRun([1]));
  const edges = group!.edges.map(([from, to]) => `${from} > ${to}`.replaceAll("seed-1/", ""));
  expect(edges).toEqual([
    "prepare > pretrain",
    "pretrain > craft-test",
    "pretrain > vanilla/train",
    "craft-test > pretrained/evaluate",
    "pretrain > pretrained/sample",
    "vanilla/train > vanilla/evaluate",
    "craft-test > vanilla/evaluate",
    "vanilla/train > epsilon-reference",
    "epsilon-reference > pretrained/sweep",
    "pretrained/evaluate > assemble",
    "pretrained/sample > assemble",
    "vanilla/evaluate > assemble",
    "pretrained/sweep > assemble",
  ]);
});

test("taskGroups() gives each seed its own, between what all share", () => {
  const groups = taskGroups(wholeRun([4, 7]));
  expect(groups.map(({ title, summary }) => [title, summary])).toEqual([
    ["Before all seeds", "0 of 1 task done"],
    ["Seed 4", "0 of 8 tasks done"],
    ["Seed 7", "0 of 8 tasks done"],
    ["After all seeds", "0 of 1 task done"],
  ]);
  expect(groups[1]!.nodes[0]).toMatchObject({ id: "seed-4/pretrain", column: 0, row: 0 });
});

test.each([
  [{ state: "waiting" }, "waiting", ""],
  [{ state: "running" }, "running", ""],
  [{ state: "running", share: 0.456, note: "epoch 3/5" }, "running, 46%", "epoch 3/5"],
  [{ state: "finished", share: 1, seconds: 12.345 }, "done in 12.3 s", ""],
  [{ state: "finished", share: 1, seconds: 0.04 }, "done in < 0.1 s", ""],
  [{ state: "finished", share: 1, seconds: 12.345, reused: true }, "done before", ""],
  [{ state: "failed", error: "No room", note: "epoch 1/5" }, "failed", "No room"],
  [{ state: "skipped" }, "left out", ""],
] as const)("a task that is %o says so: %s", (changes, stateText, note) => {
  const [group] = taskGroups({ config: sampleConfig(), tasks: [sampleTask("prepare", [], changes)] });
  expect(group!.nodes[0]).toMatchObject({ stateText, note, shortTitle: "Load the data" });
});

import { parseExperimentConfig } from "@gambeson/contract";
import { expect, test } from "vitest";
import { plannedTasks } from "./planned-tasks.ts";

const config = parseExperimentConfig({
  seeds: [7],
  pretraining: { epochs: 2 },
  regimes: [
    { kind: "vanilla", epochs: 1 },
    { kind: "fine-tuned", epochs: 1 },
  ],
  evaluation: { epsilonReference: { model: "vanilla" } },
});

test("plannedTasks() are the plan's, between one that prepares and one that assembles", () => {
  const tasks = plannedTasks(config, { train: 100, test: 50 });
  const pretrain = "seed-7/pretrain";
  const weights = {
    pretrained: pretrain,
    vanilla: "seed-7/vanilla/train",
    "fine-tuned": "seed-7/fine-tuned/train",
  };
  const expected: [string, string[]][] = [
    ["prepare", []],
    [pretrain, ["prepare"]],
    ["seed-7/craft-train", ["prepare", pretrain]],
    ["seed-7/craft-test", ["prepare", pretrain]],
    ["seed-7/vanilla/train", ["prepare", pretrain]],
    ["seed-7/fine-tuned/train", ["prepare", pretrain, "seed-7/craft-train"]],
    ...Object.entries(weights).flatMap(([id, training]): [string, string[]][] => [
      [`seed-7/${id}/evaluate`, ["prepare", training, "seed-7/craft-test"]],
      [`seed-7/${id}/sample`, ["prepare", training]],
    ]),
    ["seed-7/epsilon-reference", ["prepare", weights.vanilla]],
    ...Object.entries(weights).map(([id, training]): [string, string[]] => [
      `seed-7/${id}/sweep`,
      ["prepare", training, "seed-7/epsilon-reference"],
    ]),
  ];
  const ids = expected.slice(1).map(([id]) => id);
  expect(tasks.map(({ id, needs }) => [id, needs])).toEqual([...expected, ["assemble", ids]]);
  expect(tasks[0]).toMatchObject({ kind: "prepare", title: "Loading the data set" });
  expect(tasks[1]).toMatchObject({ kind: "pretrain", title: "Pre-training" });
  expect(tasks.at(-1)).toMatchObject({ kind: "assemble", title: "Putting the result together" });
  // 2 epochs of 100 images at 0.06 ms each.
  expect(tasks[1]!.cost).toBeCloseTo(12, 10);
});

test("each task needs tasks before it alone, and each id is there once", () => {
  const tasks = plannedTasks(parseExperimentConfig({ seeds: [1, 2] }));
  const seen = new Set<string>();
  for (const { id, needs } of tasks) {
    expect(needs.every((need) => seen.has(need))).toBe(true);
    seen.add(id);
  }
  expect(seen.size).toBe(tasks.length);
});

test("until the data set is known costs are those of Fashion-MNIST, or of what the config takes of it", () => {
  const costOf = (dataset: object) =>
    plannedTasks({ ...config, dataset: { ...config.dataset, ...dataset } })[1]!.cost;
  expect(costOf({})).toBeCloseTo(2 * 60_000 * 0.06, 6);
  expect(costOf({ train: 1000 })).toBeCloseTo(2 * 1000 * 0.06, 6);
  expect(costOf({ train: 1_000_000 })).toBeCloseTo(2 * 60_000 * 0.06, 6);
});

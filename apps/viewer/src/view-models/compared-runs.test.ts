import { expect, test } from "vitest";
import { compared } from "../testing/compared.ts";
import { comparedClasses, comparedModels, comparedRuns, type ComparedRun } from "./compared-runs.ts";

const [A, B] = compared(
  [{ id: "vanilla", correct: 90, rho2: 0.1 }],
  [
    { id: "hard", correct: 90, rho2: 0.1 },
    { id: "vanilla", correct: 90, rho2: 0.1 },
  ],
) as [ComparedRun, ComparedRun];

test("comparedRuns() have the baseline first, each in the look of its place among the picked", () => {
  const looks = comparedRuns([A, B], "b").map(({ id, style, isBaseline }) => [id, style, isBaseline]);
  expect(looks).toEqual([
    ["b", 1, true],
    ["a", 0, false],
  ]);
});

test("comparedModels() names each model once, as the first run that has it", () => {
  expect([...comparedModels([A, B])]).toEqual([
    ["vanilla", "The vanilla"],
    ["hard", "The hard"],
  ]);
});

test("comparedClasses() has every name where data sets differ", () => {
  const other = { ...B, summary: { ...B.summary, classNames: ["zero", "one"] } };
  expect(comparedClasses([A, B])).toEqual(["Shirt"]);
  expect(comparedClasses([A, other])).toEqual(["Shirt / zero", "one"]);
  expect(comparedClasses([])).toEqual([]);
});

import { expect, test } from "vitest";
import { compared } from "../testing/compared.ts";
import { compareCurves } from "./compare-curves.ts";

const told = (id: string) => ({ id, correct: 90, rho2: 0.1 });
const RUNS = compared([told("vanilla"), told("hard"), told("harder")], [told("hard"), told("vanilla")]);

test("compareCurves() shows what is asked for, where a run has it", () => {
  expect(compareCurves(RUNS, { model: "harder", label: 0 })).toMatchObject({
    ...{ model: "harder", rocModel: "harder", rocTitle: "The harder", label: 0 },
  });
  expect(compareCurves(RUNS, { model: "", label: 0 })).toMatchObject({ model: "", rocModel: "hard" });
});

test("compareCurves() shows the last model that all runs have, and the first class, where nothing else is known", () => {
  for (const model of [null, "nope", "deep-defense"]) {
    expect(compareCurves(RUNS, { model, label: 250 })).toMatchObject({
      ...{ model: "hard", rocModel: "hard", rocTitle: "The hard", label: 0 },
    });
  }
  const strangers = compared([told("a")], [told("b")]);
  expect(compareCurves(strangers, { model: null, label: 0 }).model).toBe("b");
});

test("compareCurves() offers every model and class", () => {
  const { modelOptions, classOptions } = compareCurves(RUNS, { model: null, label: 0 });
  expect(modelOptions.map(({ value, text }) => `${value}: ${text}`)).toEqual([
    ...["vanilla: The vanilla", "hard: The hard", "harder: The harder", ": every model"],
  ]);
  expect(classOptions).toEqual([{ value: "0", text: "0 Shirt" }]);
});

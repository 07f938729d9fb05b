import { parseExperimentConfig } from "@gambeson/contract";
import { expect, test } from "vitest";
import { configForDataset } from "./config-for-dataset.ts";

const setOf = (classCount: number) => ({
  name: "synthetic",
  title: "The set",
  classNames: Array.from({ length: classCount }, (_, k) => `class ${k}`),
});

test.each([
  ["auto", "synthetic"],
  ["fashion-mnist", "fashion-mnist"],
  ["./mine", "./mine"],
])(
  "configForDataset() puts the data set that was used in the place of auto: %s gives %s",
  (name, expected) => {
    const config = parseExperimentConfig({ dataset: { name, train: 7 } });
    expect(configForDataset(config, setOf(10))).toEqual({
      ...config,
      dataset: { ...config.dataset, name: expected },
    });
  },
);

test.each([
  [10, [2, 3]],
  [3, [2]],
  [2, []],
])(
  "configForDataset() keeps, of %i classes, those of the default ROC classes that there are",
  (count, expected) => {
    expect(configForDataset(parseExperimentConfig({}), setOf(count)).evaluation.rocClasses).toEqual(expected);
  },
);

test("configForDataset() refuses a ROC class that was asked for and is not there", () => {
  const config = parseExperimentConfig({ evaluation: { rocClasses: [9, 12] } });
  expect(() => configForDataset(config, setOf(10))).toThrow(
    new RangeError(
      "Cannot draw the ROC curves as evaluation.rocClasses must be classes of The set, 0 to 9: current value is 12",
    ),
  );
  expect(configForDataset(config, setOf(13)).evaluation.rocClasses).toEqual([9, 12]);
});

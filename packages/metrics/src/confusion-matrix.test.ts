import fc from "fast-check";
import { expect, test } from "vitest";
import { accuracy } from "./accuracy.ts";
import { argMax } from "./arg-max.ts";
import { confusionMatrix } from "./confusion-matrix.ts";
import { EXAMPLE_LABELS, EXAMPLE_SCORES } from "./testing/example-scores.ts";

test("confusionMatrix() counts [true class][predicted class]", () => {
  expect(confusionMatrix([0, 1, 1, 2], [0, 0, 1, 1], 3)).toEqual([
    [1, 1, 0],
    [0, 1, 1],
    [0, 0, 0],
  ]);
});

test("confusionMatrix() agrees with scikit-learn 1.9.1 (confusion_matrix of numpy.argmax)", () => {
  expect(confusionMatrix(argMax(EXAMPLE_SCORES.flat(), 3), EXAMPLE_LABELS, 3)).toEqual([
    [3, 1, 0],
    [2, 2, 1],
    [0, 0, 3],
  ]);
});

test("confusionMatrix() has the accuracy as its trace and every image in it", () => {
  const pairs = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 50 });
  fc.assert(
    fc.property(pairs, (images) => {
      const labels = images.map(([label]) => label);
      const predicted = images.map(([, guess]) => guess);
      const matrix = confusionMatrix(predicted, labels, 5);
      const trace = matrix.reduce((sum, row, k) => sum + row[k]!, 0);
      expect(trace).toBe(accuracy(predicted, labels).count);
      expect(matrix.flat().reduce((sum, count) => sum + count, 0)).toBe(images.length);
    }),
  );
});

test("confusionMatrix() refuses a class that is out of range or no integer", () => {
  expect(() => confusionMatrix([3], [0], 3)).toThrow(RangeError);
  expect(() => confusionMatrix([0], [-1], 3)).toThrow(RangeError);
  expect(() => confusionMatrix([0.5], [0], 3)).toThrow(RangeError);
  expect(() => confusionMatrix([0, 1], [0], 3)).toThrow(RangeError);
});

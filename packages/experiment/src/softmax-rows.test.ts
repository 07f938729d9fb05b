import { expect, test } from "vitest";
import { probabilitiesOf, softmaxRows } from "./softmax-rows.ts";

test("softmaxRows() gives each row's probabilities, by hand", () => {
  const logits = Float32Array.from([0, Math.log(3), 5, 5]);
  expect([...softmaxRows(logits, 2)]).toEqual(
    [0.25, 0.75, 0.5, 0.5].map((value) => expect.closeTo(value, 6) as number),
  );
});

test("softmaxRows() keeps its head with far-off logits", () => {
  expect([...softmaxRows(Float32Array.from([1000, 0, -1000]), 3)]).toEqual([1, 0, 0]);
});

test("probabilitiesOf() takes one score of each row", () => {
  const scores = Float32Array.of(0.25, 0.75, 0.5, 0.5, 1, 0);
  expect([...probabilitiesOf(Int32Array.of(1, 0, 0), scores)]).toEqual([0.75, 0.5, 1]);
  expect(probabilitiesOf(new Int32Array(0), new Float32Array(0))).toHaveLength(0);
});

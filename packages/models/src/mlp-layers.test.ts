import { describe, expect, test } from "vitest";
import { mlpLayers, mlpSizes, requireFinite } from "./mlp-layers.ts";

const f32 = (...shape: number[]) => ({ dtype: "F32", shape });
type Tensors = Readonly<Record<string, { dtype: string; shape: readonly number[] }>>;
const layersOf = (tensors: Tensors) => mlpLayers(new Map(Object.entries(tensors)));

const SOUND = { "dense1.bias": f32(2), "dense0.weight": f32(4, 3), "dense1.weight": f32(3, 2) };

describe("mlpLayers()", () => {
  test("orders the layers from pixels to classes, with the biases that are there", () => {
    expect(layersOf(SOUND)).toEqual([
      { weight: f32(4, 3), bias: null },
      { weight: f32(3, 2), bias: f32(2) },
    ]);
  });

  test.each<readonly [string, Tensors, string]>([
    ["nothing", {}, 'current value is "no dense0.weight"'],
    ["another name", { ...SOUND, "conv.weight": f32(1) }, 'current value is "conv.weight"'],
    ["a bias alone", { "dense0.bias": f32(1) }, 'current value is "dense0.bias"'],
    [
      "a layer left out",
      { "dense0.weight": f32(1, 1), "dense2.weight": f32(1, 1) },
      "dense1.weight must be F32",
    ],
    [
      "another rank",
      { "dense0.weight": f32(4) },
      "must be F32 of rank 2 and not empty: current value is F32 [4]",
    ],
    ["a bias of rank 2", { ...SOUND, "dense0.bias": f32(1, 3) }, "dense0.bias must be F32 of rank 1"],
    ["integers", { "dense0.weight": { dtype: "I32", shape: [1, 1] } }, "current value is I32 [1, 1]"],
    ["no rows", { "dense0.weight": f32(0, 3) }, "not empty: current value is F32 [0, 3]"],
  ])("refuses %s", (_, tensors, sentence) => {
    expect(() => layersOf(tensors)).toThrow(SyntaxError);
    expect(() => layersOf(tensors)).toThrow(sentence);
  });
});

describe("mlpSizes()", () => {
  test("runs from pixels to classes", () => {
    expect(mlpSizes(layersOf(SOUND))).toEqual([4, 3, 2]);
    expect(mlpSizes(layersOf({ "dense0.weight": f32(784, 10) }))).toEqual([784, 10]);
  });

  test.each<readonly [string, Tensors, string]>([
    [
      "layers that do not fit",
      { ...SOUND, "dense1.weight": f32(4, 2) },
      "dense1.weight must be [3, 2]: current value is [4, 2]",
    ],
    [
      "a bias that does not",
      { ...SOUND, "dense1.bias": f32(3) },
      "dense1.bias must be [2]: current value is [3]",
    ],
  ])("refuses %s", (_, tensors, sentence) => {
    expect(() => mlpSizes(layersOf(tensors))).toThrow(SyntaxError);
    expect(() => mlpSizes(layersOf(tensors))).toThrow(sentence);
  });
});

test("requireFinite() names the first value that is not", () => {
  expect(() => {
    requireFinite("w", [0, -1e38, 3]);
  }).not.toThrow();
  expect(() => {
    requireFinite("w", [0, Number.NaN, Infinity]);
  }).toThrow(/every value of w must be finite: current value is NaN at position 1$/);
});

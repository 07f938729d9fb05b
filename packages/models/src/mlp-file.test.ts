import { startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadMlp, saveClassifier } from "./mlp-file.ts";
import { mlp } from "./mlp.ts";
import { writeSafetensors, type NamedSafeTensor } from "./safetensors.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

function f32(name: string, shape: readonly number[], values: readonly number[]): NamedSafeTensor {
  return { name, dtype: "F32", shape, data: Float32Array.from(values) };
}

const LAYER = [f32("dense0.weight", [2, 3], [1, 2, 3, 4, 5, 6]), f32("dense0.bias", [3], [7, 8, 9])];

test("saveClassifier() and loadMlp() give the same classifier back", () => {
  const before = tf.memory().numTensors;
  const model = mlp([
    tf.tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    tf.tensor1d([7, 8, 9]),
    tf.tensor2d([[1], [0], [-1]]),
    tf.tensor1d([0.1]),
  ]);
  const back = loadMlp(saveClassifier(model));
  expect(back.parameterNames).toEqual(["dense0.weight", "dense0.bias", "dense1.weight", "dense1.bias"]);
  back.parameters.forEach((parameter, index) => {
    expect(parameter.arraySync()).toEqual(model.parameters[index]!.arraySync());
  });
  tf.dispose([...model.parameters, ...back.parameters]);
  expect(tf.memory().numTensors).toBe(before);
});

test("loadMlp() takes a layer without a bias as one with zeros", () => {
  const model = loadMlp(writeSafetensors(LAYER.slice(0, 1)));
  expect(model.parameters[1]!.arraySync()).toEqual([0, 0, 0]);
  tf.dispose([...model.parameters]);
});

test.each([
  ["another name", [...LAYER, f32("conv.weight", [1], [1])], 'current value is "conv.weight"'],
  ["no layer", [f32("dense0.bias", [1], [1])], 'current value is "dense0.bias"'],
  [
    "NaN",
    [f32("dense0.weight", [1, 2], [1, Number.NaN])],
    "every value of dense0.weight must be finite: current value is NaN at position 1",
  ],
  [
    "infinity",
    [LAYER[0]!, f32("dense0.bias", [3], [0, 0, Infinity])],
    "current value is Infinity at position 2",
  ],
  [
    "integers",
    [{ name: "dense0.weight", dtype: "I32", shape: [1, 1], data: Int32Array.of(1) } as const],
    "must be F32 of rank 2",
  ],
  ["another rank", [f32("dense0.weight", [4], [1, 2, 3, 4])], "must be F32 of rank 2"],
  ["no rows", [f32("dense0.weight", [0, 4], [])], "not empty"],
  [
    "layers that do not fit",
    [...LAYER, f32("dense1.weight", [2, 1], [1, 1])],
    "dense1.weight as its shape must be [3, any]",
  ],
])("loadMlp() refuses %s and leaks nothing", (_, tensors, message) => {
  const before = tf.memory().numTensors;
  expect(() => loadMlp(writeSafetensors(tensors))).toThrow(message);
  expect(tf.memory().numTensors).toBe(before);
});

import { startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adamStep, disposeAdam, freshAdam } from "./adam.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

test("adamStep() takes the steps of Kingma and Ba's algorithm 1", () => {
  // By the formula, in float64: see the loop below, written from the paper and without the rearranged corrections.
  // An epsilon large enough to tell where it stands: beside the corrected root, not the raw one.
  const options = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 0.01 };
  const gradients = [0.5, -2, 0.001, 0];
  let [m, v, expected] = [0, 0, 3];
  const before = tf.memory().numTensors;
  let parameters = [tf.tensor1d([3])] as tf.Tensor[];
  let state = freshAdam(parameters);
  gradients.forEach((gradient, index) => {
    const t = index + 1;
    m = 0.9 * m + 0.1 * gradient;
    v = 0.999 * v + 0.001 * gradient ** 2;
    expected -= (0.1 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 0.01);
    const gradientTensor = tf.tensor1d([gradient]);
    const next = adamStep(parameters, [gradientTensor], state, options);
    tf.dispose([...parameters, gradientTensor]);
    disposeAdam(state);
    ({ parameters, state } = next);
    expect(parameters[0]!.dataSync()[0]).toBeCloseTo(expected, 5);
    expect(state.steps).toBe(t);
  });
  tf.dispose(parameters);
  disposeAdam(state);
  expect(tf.memory().numTensors).toBe(before);
});

test("adamStep() first moves by the learning rate against the gradient's sign, whatever its size", () => {
  const parameters = [tf.tensor1d([1, 1, 1])];
  const state = freshAdam(parameters);
  const gradients = [tf.tensor1d([100, -0.01, 0])];
  const next = adamStep(parameters, gradients, state, {
    learningRate: 0.25,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-7,
  });
  const [up, down, still] = next.parameters[0]!.dataSync();
  expect(up).toBeCloseTo(0.75, 4);
  expect(down).toBeCloseTo(1.25, 4);
  expect(still).toBe(1);
  tf.dispose([...parameters, ...gradients, ...next.parameters]);
  disposeAdam(state);
  disposeAdam(next.state);
});

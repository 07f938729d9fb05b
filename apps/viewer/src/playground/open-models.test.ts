import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import { startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openModels, type PlayModels } from "./open-models.ts";
import { AFFINE, DEAD, WITH_HIDDEN, weightsFile } from "./testing/known-models.ts";

/** Class 0 by 1; |x| = sqrt(1.25). FGS goes along (-1, 1), and 2 (1 - e) = 0.5 + e + 0.5 where e = 1/3. */
const PIXELS = Float32Array.of(1, 0.5);
/** exp(2), exp(1), exp(-1.5) over their sum. */
const BENIGN = [0.715268, 0.263132, 0.0215994];
/** DeepFool's only step, onto the line 2 x0 = x1 + 0.5 and 2 % beyond. */
const [DX, DY] = [-0.408, 0.204];

let models: PlayModels;
let tensors: number;

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

describe("openModels()", () => {
  beforeAll(() => {
    models = openModels({ weights: [AFFINE, WITH_HIDDEN] });
    tensors = tf.memory().numTensors;
  });
  afterAll(() => {
    expect(tf.memory().numTensors).toBe(tensors);
    models.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });

  test("tells what every model makes of an image", () => {
    for (const { probabilities, predicted } of models.see(PIXELS)) {
      close(probabilities, BENIGN);
      expect(predicted).toBe(0);
    }
    expect([models.inputSize, models.classCount]).toEqual([2, 3]);
  });

  test("attacks by FGS at any epsilon, clipped or not", () => {
    for (const { pixels, rho, predicted } of models.fgs({
      pixels: PIXELS,
      label: 0,
      epsilon: 0.3,
      clip: false,
    })) {
      close(pixels, [0.7, 0.8]);
      close([rho!], [(0.3 * Math.SQRT2) / Math.sqrt(1.25)]);
      expect(predicted).toBe(0);
    }
    for (const { predicted } of models.fgs({ pixels: PIXELS, label: 0, epsilon: 0.34, clip: false })) {
      expect(predicted).toBe(1);
    }
    // Away from class 1 it goes the other way, and pixel 0 has no room.
    for (const { pixels } of models.fgs({ pixels: PIXELS, label: 1, epsilon: 0.25, clip: true })) {
      close(pixels, [1, 0.25]);
    }
  });

  test("keeps nothing of the image before", () => {
    const ask = (pixels: Float32Array, label: number) =>
      models.fgs({ pixels, label, epsilon: 0.1, clip: false }).map((attacked) => [...attacked.pixels]);
    const first = ask(PIXELS, 0);
    expect(ask(PIXELS, 1)).not.toEqual(first);
    expect(ask(Float32Array.of(0.5, 0.5), 0)).not.toEqual(first);
    expect(ask(PIXELS, 0)).toEqual(first);
  });

  test("follows FGS along its whole line at once", () => {
    const epsilons = Float32Array.of(0, 0.33, 0.34, 0.6);
    for (const clip of [false, true]) {
      for (const { predicted, probability } of models.fgsCurve({
        pixels: PIXELS,
        label: 0,
        epsilons,
        clip,
      })) {
        expect([...predicted]).toEqual([0, 0, 1, 1]);
        close([probability[0]!], [BENIGN[0]!]);
        expect(probability[3]).toBeLessThan(probability[2]!);
      }
    }
  });

  test("walks DeepFool's way step by step", () => {
    for (const { states, fooled } of models.deepFool({ pixels: PIXELS, settings: DEEP_FOOL_DEFAULTS })) {
      expect(fooled).toBe(true);
      expect(states.map(({ towards, predicted }) => [towards, predicted])).toEqual([
        [null, 0],
        [1, 1],
      ]);
      close(states[0]!.pixels, PIXELS);
      close(states[0]!.probabilities, BENIGN);
      close(states[1]!.pixels, [1 + DX, 0.5 + DY]);
      close(
        states.map(({ rho }) => rho!),
        [0, 0.408],
      );
    }
  });

  test("maps the classes around an image: they part at right angles to DeepFool's way", () => {
    const walks = models
      .deepFool({ pixels: PIXELS, settings: DEEP_FOOL_DEFAULTS })
      .map(({ states }) => states.map(({ pixels }) => pixels));
    for (const map of models.maps({ pixels: PIXELS, label: 0, walks })) {
      const { size, right, up, classes, walk, fgs } = map!;
      close(walk.flat(), [0, 0, 0.408, 0]);
      // Of (-1, 1) along and across (-2, 1).
      close(fgs, [3 / Math.sqrt(10), 1 / Math.sqrt(10)]);
      close(right, [(-0.408 * 1.4) / 3, 0.408 * 1.4]);
      close(up, [(-0.408 * 2.8) / 3, (0.408 * 2.8) / 3]);
      expect(classes.length).toBe(size * size);
      classes.forEach((predicted, at) => {
        const along = right[0] + ((right[1] - right[0]) * ((at % size) + 0.5)) / size;
        expect(predicted).toBe(along < 0.4 ? 0 : 1);
      });
    }
  });

  test("has no rho and no map of a blank image", () => {
    const pixels = Float32Array.of(0, 0);
    const trails = models.deepFool({ pixels, settings: DEEP_FOOL_DEFAULTS });
    expect(trails.every(({ states }) => states.every(({ rho }) => rho === null))).toBe(true);
    const walks = trails.map(({ states }) => states.map((state) => state.pixels));
    expect(models.maps({ pixels, label: 0, walks })).toEqual([null, null]);
  });

  test("refuses a class or an image that the models do not have", () => {
    expect(() => models.fgs({ pixels: PIXELS, label: 3, epsilon: 0, clip: false })).toThrow(
      "current value is 3",
    );
    expect(() => models.fgs({ pixels: Float32Array.of(1), label: 0, epsilon: 0, clip: false })).toThrow(
      "shape must be [any, 2]",
    );
  });
});

test("openModels() shows that an attack cannot move a dead model", () => {
  const dead = openModels({ weights: [DEAD] });
  const [attacked] = dead.fgs({ pixels: PIXELS, label: 0, epsilon: 0.3, clip: false });
  expect([attacked!.rho, attacked!.predicted]).toEqual([0, 0]);
  const [trail] = dead.deepFool({ pixels: PIXELS, settings: DEEP_FOOL_DEFAULTS });
  expect(trail!.fooled).toBe(false);
  expect(trail!.states.slice(1).every(({ towards, rho }) => towards === null && rho === 0)).toBe(true);
  const walks = [trail!.states.map(({ pixels }) => pixels)];
  expect(dead.maps({ pixels: PIXELS, label: 0, walks })).toEqual([null]);
  dead.dispose();
});

test("openModels() refuses models of different shapes, and frees what it has loaded", () => {
  const other = weightsFile([
    [
      [3, 2],
      [1, 0, 0, 1, 0, 0],
    ],
    [[2], [0, 0]],
  ]);
  const before = tf.memory().numTensors;
  expect(() => openModels({ weights: [AFFINE, other] })).toThrow("current value is 2 to 3, 3 to 2");
  expect(() => openModels({ weights: [] })).toThrow("current value is none");
  expect(() => openModels({ weights: [AFFINE, new Uint8Array(3)] })).toThrow(SyntaxError);
  expect(tf.memory().numTensors).toBe(before);
});

/** float32 in, exact answers expected. */
function close(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i]!, 5);
}

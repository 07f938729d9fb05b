import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import { drawGarments, type ImageSet } from "@gambeson/datasets";
import { initialMlpParameters, mlp, saveClassifier } from "@gambeson/models";
import { createRandom, startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attackImages, type ChosenAttack } from "./attack-images.ts";

let images: ImageSet;
let weights: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  await startBackend({ threads: 1 });
  images = drawGarments(1, "test", 600);
  weights = weightsOf([784, 12, 10]);
});
afterAll(stopBackend);

function weightsOf(sizes: readonly number[]): Uint8Array<ArrayBuffer> {
  const parameters = initialMlpParameters(sizes, createRandom(1, "weights"), 0.1);
  const bytes = saveClassifier(mlp(parameters));
  tf.dispose(parameters);
  return bytes;
}

const OPTIONS = { first: 520, signal: new AbortController().signal, onProgress: () => undefined };
const DEEP_FOOL: ChosenAttack = { kind: "deepfool", target: null, ...DEEP_FOOL_DEFAULTS };

describe("attackImages()", () => {
  test("tells what DeepFool did to each image, over several batches", async () => {
    const before = tf.memory().numTensors;
    const { images: attacked, summary } = await attackImages(weights, images, DEEP_FOOL, OPTIONS);
    expect(attacked.map(({ index }) => index)).toEqual(Array.from({ length: 520 }, (_, index) => index));
    attacked.forEach((image, index) => {
      expect(image.label).toBe(images.labels[index]);
      expect(image.fooled).toBe(image.after !== image.before);
      expect(image.maxNorm).toBeLessThanOrEqual(image.norm);
      expect(image.target).toBeNull();
    });
    expect(summary.fooled).toBe(attacked.filter(({ fooled }) => fooled).length);
    expect(summary.rho2).toBeCloseTo(attacked.reduce((sum, { rho }) => sum + rho!, 0) / 520, 12);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("leads images to a target class", async () => {
    const { images: attacked } = await attackImages(
      weights,
      images,
      { ...DEEP_FOOL, maxSteps: 50, target: 4 },
      OPTIONS,
    );
    expect(attacked.every(({ target, after, fooled }) => target === 4 && fooled === (after === 4))).toBe(
      true,
    );
    expect(attacked.filter(({ fooled }) => fooled).length).toBeGreaterThan(500);
  });

  test("moves every pixel by epsilon at most with FGS", async () => {
    const attack: ChosenAttack = { kind: "fgs", epsilon: 0.125, clip: false };
    const { images: attacked, summary } = await attackImages(weights, images, attack, OPTIONS);
    // 1/8 is exact, but image + 1/8 is rounded.
    for (const { maxNorm } of attacked) expect(maxNorm).toBeCloseTo(0.125, 6);
    expect(summary.correctAfter).toBe(520 - summary.fooled);
  });

  test.each([
    ["images of another size", [100, 10], DEEP_FOOL, "the 100 pixels the weights take: current value is 784"],
    ["fewer classes than labels", [784, 3], DEEP_FOOL, "the weights' 3 classes"],
    ["a negative epsilon", [784, 10], { kind: "fgs", epsilon: -1, clip: false }, "current value is -1"],
    ["a target that is no class", [784, 10], { ...DEEP_FOOL, target: 10 }, "current value is 10"],
  ] as const)("refuses %s and leaks nothing", async (_, sizes, attack, message) => {
    const bytes = weightsOf(sizes);
    const before = tf.memory().numTensors;
    await expect(attackImages(bytes, images, attack, OPTIONS)).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("stops when asked", async () => {
    const attack = attackImages(weights, images, DEEP_FOOL, { ...OPTIONS, signal: AbortSignal.abort() });
    await expect(attack).rejects.toThrow("aborted");
  });
});

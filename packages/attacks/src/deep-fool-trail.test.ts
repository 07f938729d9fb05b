import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import { scoped, startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UNTARGETED } from "./attack.ts";
import type { DeepFoolOptions } from "./deep-fool-options.ts";
import { deepFoolTrail } from "./deep-fool-trail.ts";
import { withDeepFool } from "./deep-fool.ts";
import { affineModel, KNOWN, reluModel, TOLERANCE } from "./testing/known-answers.ts";
import { randomImages, randomModel } from "./testing/random-model.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

/** What DeepFool found for a batch, and its trail. */
function walked(
  model: Parameters<typeof deepFoolTrail>[0],
  images: tf.Tensor2D,
  options: DeepFoolOptions,
  targets = new Int32Array(images.shape[0]).fill(UNTARGETED),
) {
  return withDeepFool(model, images, targets, options, (outcome) => ({
    outcome: { ...outcome, perturbed: tf.add(images, outcome.perturbations()).dataSync<"float32">() },
    trail: deepFoolTrail(model, images, targets, options),
  }));
}

const WALKS: readonly Partial<DeepFoolOptions>[] = [
  { geometry: "pixels" },
  { geometry: "first-layer" },
  { geometry: "pixels", convention: "after-crossing" },
  { geometry: "first-layer", convention: "test-with", margin: 1e-3 },
  { clip: true },
];

describe.each(WALKS)("deepFoolTrail() with %j", (changes) => {
  const options = { ...DEEP_FOOL_DEFAULTS, ...changes };

  test("begins at the images, ends at deepFool's answer, and each state is what it says", () => {
    scoped(() => {
      const model = randomModel([12, 16, 5], 1);
      const images = randomImages(24, 12, 2);
      const { outcome, trail } = walked(model, images, options);
      expect(trail.length).toBe(Math.max(...outcome.steps) + 1);
      expect([...trail[0]!.images]).toEqual([...images.dataSync()]);
      expect([...trail[0]!.norms]).toEqual(Array.from({ length: 24 }, () => 0));
      const last = trail.at(-1)!;
      expect(last.norms).toEqual(outcome.norms);
      expect(last.images).toEqual(outcome.perturbed);
      expect([...tf.argMax(tf.tensor2d(last.logits, [24, 5]), 1).dataSync()]).toEqual([...outcome.after]);
      for (const { images: perturbed, logits, norms } of trail) {
        const points = tf.tensor2d(perturbed, [24, 12]);
        close(logits, model.logits(points).dataSync(), 1e-4);
        close(norms, tf.norm(tf.sub(points, images), 2, 1).dataSync(), 1e-4);
        if (options.clip)
          expect([Math.min(...perturbed) >= 0, Math.max(...perturbed) <= 1]).toEqual([true, true]);
      }
    });
  });

  test("stands still once an image is fooled, and leaves no tensor", () => {
    const model = randomModel([12, 16, 5], 3);
    const images = randomImages(24, 12, 4);
    const tensors = tf.memory().numTensors;
    const { outcome, trail } = scoped(() => walked(model, images, options));
    expect(tf.memory().numTensors).toBe(tensors);
    const earliest = outcome.steps.indexOf(Math.min(...outcome.steps));
    expect(outcome.steps[earliest]).toBeLessThan(trail.length - 1);
    const norms = trail.map((state) => state.norms[earliest]!);
    expect(norms.slice(outcome.steps[earliest]).every((norm) => norm === norms.at(-1))).toBe(true);
    const towards = trail.map((state) => state.towards[earliest]!);
    expect(towards.map((k) => k >= 0)).toEqual(
      trail.map((_, step) => step > 0 && step <= outcome.steps[earliest]!),
    );
    tf.dispose([...model.parameters, images]);
  });
});

describe.each(["pixels", "first-layer"] as const)("deepFoolTrail() in %s", (geometry) => {
  test("takes the one known step on the affine model", () => {
    scoped(() => {
      const { affine } = KNOWN;
      const { model, x } = affineModel();
      const { trail } = walked(model, x, { ...DEEP_FOOL_DEFAULTS, geometry });
      const [dx, dy] = affine.perturbationOvershoot002;
      expect(trail.length).toBe(2);
      close(trail[0]!.logits, affine.logits);
      // logits = x W + b at (1 - 0.408, 0.5 + 0.204): (1.184, 1.204, -1.296), so class 1 wins by 0.02.
      close(trail[1]!.images, [affine.x[0]! + dx!, affine.x[1]! + dy!]);
      close(trail[1]!.logits, [1.184, 1.204, -1.296]);
      close(trail[1]!.norms, [Math.hypot(dx!, dy!)]);
      expect(trail.map(({ towards }) => [...towards])).toEqual([[-1], [1]]);
    });
  });

  test("ends at the known answer of the ReLU model after as many steps", () => {
    scoped(() => {
      const known = KNOWN.relu_2_4_3["in-loop"];
      const { model, x } = reluModel();
      const { trail } = walked(model, x, { ...DEEP_FOOL_DEFAULTS, geometry, maxSteps: 50 });
      expect(trail.length).toBe(known.iterations! + 1);
      close(
        trail.at(-1)!.images,
        KNOWN.relu_2_4_3.x.map((value, i) => value + known.perturbation[i]!),
      );
      const rhos = trail.map(({ norms }) => norms[0]! / Math.hypot(...KNOWN.relu_2_4_3.x));
      close([rhos.at(-1)!], [known.rho]);
    });
  });
});

/** Every value within `tolerance` (relative above 1) of the expected one. */
function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = TOLERANCE): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(expected[i]!)),
    );
  }
}

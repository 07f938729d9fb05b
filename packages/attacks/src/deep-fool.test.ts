import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import fc from "fast-check";
import { scoped, startBackend, stopBackend, tf, type Tensor } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UNTARGETED } from "./attack.ts";
import { deepFoolLengths } from "./deep-fool-lengths.ts";
import type { DeepFoolOptions } from "./deep-fool-options.ts";
import { deepFool } from "./deep-fool.ts";
import { describeMinimalAttack } from "./testing/describe-attacks.ts";
import { affineModel, KNOWN, reluModel, TOLERANCE } from "./testing/known-answers.ts";
import { randomImages, randomModel } from "./testing/random-model.ts";

const GEOMETRIES = ["pixels", "first-layer"] as const;
const CONVENTIONS = ["in-loop", "test-with", "after-crossing"] as const;
const LONG: DeepFoolOptions = { ...DEEP_FOOL_DEFAULTS, maxSteps: 50 };

for (const geometry of GEOMETRIES) {
  for (const convention of CONVENTIONS) {
    const options = { ...DEEP_FOOL_DEFAULTS, geometry, convention };
    describeMinimalAttack(`deepFool() ${geometry} ${convention}`, deepFool, options);
  }
}
describeMinimalAttack("deepFool() clipped", deepFool, { ...DEEP_FOOL_DEFAULTS, clip: true });

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

describe.each(GEOMETRIES)("deepFool() in %s", (geometry) => {
  test("takes the known step on the affine model", () => {
    scoped(() => {
      const { affine } = KNOWN;
      const { model, x } = affineModel();
      const run = (overshoot: number, convention: DeepFoolOptions["convention"]) => {
        const outcome = deepFool(model, x, [UNTARGETED], { ...LONG, geometry, convention, overshoot });
        return { ...outcome, perturbation: outcome.perturbations().dataSync() };
      };
      const long = run(0.02, "in-loop");
      close(long.perturbation, affine.perturbationOvershoot002);
      expect(long.norms[0]! / Math.hypot(...affine.x)).toBeCloseTo(affine.rho, 4);
      expect(long.after[0]).toBe(affine.nearestClass);
      expect(long.steps[0]).toBe(1);
      // Without overshoot the step ends on the boundary itself.
      const short = deepFool(model, x, [UNTARGETED], { ...LONG, geometry, overshoot: 0, maxSteps: 1 });
      close(short.perturbations().dataSync(), affine.perturbationWithoutOvershoot);
    });
  });

  test.each(CONVENTIONS)("gives the known answer on the ReLU model, %s", (convention) => {
    scoped(() => {
      const known = KNOWN.relu_2_4_3[convention];
      const { model, x } = reluModel();
      close(model.logits(x).dataSync(), KNOWN.relu_2_4_3.logits);
      const outcome = deepFool(model, x, [UNTARGETED], { ...LONG, geometry, convention });
      close(outcome.perturbations().dataSync(), known.perturbation);
      close([outcome.norms[0]! / Math.hypot(...KNOWN.relu_2_4_3.x)], [known.rho]);
      if (known.iterations !== undefined) expect(outcome.steps[0]).toBe(known.iterations);
    });
  });

  test("lets the gradient of rho pass through the perturbation, with the known values", () => {
    scoped(() => {
      const { model, x } = reluModel();
      const options = { ...LONG, geometry, convention: "test-with" } as const;
      const { path } = deepFool(model, x, [UNTARGETED], options);
      const rho = (...parameters: Tensor[]) =>
        tf.div<tf.Scalar>(
          tf.sum(deepFoolLengths(model.withParameters(parameters), x, path, options)),
          Math.hypot(...KNOWN.relu_2_4_3.x),
        );
      const [w1, , w2] = tf.grads(rho)([...model.parameters]) as [tf.Tensor2D, Tensor, tf.Tensor2D, Tensor];
      const known = KNOWN.relu_2_4_3.gradientOfRho_testWith;
      const [first, second] = [w1.arraySync(), w2.arraySync()];
      close(
        [first[0]![0]!, first[1]![1]!, second[0]![0]!, second[2]![1]!],
        [known["W1[0][0]"]!, known["W1[1][1]"]!, known["W2[0][0]"]!, known["W2[2][1]"]!],
      );
    });
  });

  test("ignores a constant added to every logit, and a positive factor on every logit", () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.float({ min: -5, max: 5, noNaN: true }),
        fc.constantFrom(0.25, 2, 8),
        (seed, constant, factor) => {
          scoped(() => {
            const model = randomModel([6, 8, 4], seed);
            const [w0, b0, w1, b1] = model.parameters as [Tensor, Tensor, Tensor, Tensor];
            const images = randomImages(5, 6, seed);
            const targets = new Int32Array(5).fill(UNTARGETED);
            const norms = (parameters: Tensor[]) =>
              deepFool(model.withParameters(parameters), images, targets, { ...LONG, geometry }).norms;
            const plain = norms([w0, b0, w1, b1]);
            close(norms([w0, b0, w1, tf.add(b1, constant)]), plain, 1e-3);
            close(norms([w0, b0, tf.mul(w1, factor), tf.mul(b1, factor)]), plain, 1e-3);
          });
        },
      ),
      { numRuns: 50, seed: 1 },
    );
  });

  test("finds the nearest hyperplane of an affine model: min over k of |f_k - f_0| / (|w_k - w_0| |x|)", () => {
    scoped(() => {
      const model = randomModel([6, 4], 11);
      const images = randomImages(30, 6, 12);
      const outcome = deepFool(model, images, new Int32Array(30).fill(UNTARGETED), { ...LONG, geometry });
      const weight = model.parameters[0]!.arraySync() as number[][];
      model
        .logits(images)
        .arraySync()
        .forEach((logits, image) => {
          const best = logits.indexOf(Math.max(...logits));
          const distances = logits.flatMap((logit, k) =>
            k === best
              ? []
              : [Math.abs(logit - logits[best]!) / Math.hypot(...weight.map((row) => row[k]! - row[best]!))],
          );
          close([outcome.norms[image]!], [1.02 * Math.min(...distances)]);
        });
    });
  });
});

describe("deepFool()", () => {
  test.each(CONVENTIONS)("agrees with itself in both geometries, on deep models too: %s", (convention) => {
    scoped(() => {
      const model = randomModel([30, 20, 12, 6], 21);
      const images = randomImages(50, 30, 22);
      const targets = Int32Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? UNTARGETED : i % 6));
      const [pixels, firstLayer] = GEOMETRIES.map((geometry) =>
        deepFool(model, images, targets, { ...DEEP_FOOL_DEFAULTS, geometry, convention }),
      );
      // After-crossing ends each walk on a boundary, where rounding decides about a last, tiny step.
      if (convention !== "after-crossing") expect(pixels!.steps).toEqual(firstLayer!.steps);
      pixels!.norms.forEach((norm, i) => {
        expect(Math.abs(norm - firstLayer!.norms[i]!)).toBeLessThanOrEqual(1e-3 * norm + 1e-5);
      });
    });
  });

  test("differentiates alike in both geometries, and as finite differences do", () => {
    scoped(() => {
      const model = randomModel([5, 7, 6, 3], 31);
      const images = randomImages(6, 5, 32);
      const targets = [UNTARGETED, 0, 1, 2, UNTARGETED, UNTARGETED];
      const gradientIn = (geometry: DeepFoolOptions["geometry"]) => {
        const options = { ...DEEP_FOOL_DEFAULTS, convention: "test-with", geometry } as const;
        const { path } = deepFool(model, images, targets, options);
        const total = (...parameters: Tensor[]) =>
          tf.sum<tf.Scalar>(deepFoolLengths(model.withParameters(parameters), images, path, options));
        return { gradients: tf.grads(total)([...model.parameters]), total };
      };
      const pixels = gradientIn("pixels");
      const firstLayer = gradientIn("first-layer");
      pixels.gradients.forEach((gradient, index) => {
        close(gradient.dataSync(), firstLayer.gradients[index]!.dataSync(), 2e-3);
      });
      // Along one parameter's gradient alone the slope is its squared length; h is short, so that no ReLU switches on
      // the way, where |Dx| jumps, and long enough for float32.
      pixels.gradients.forEach((gradient, index) => {
        const squaredLength = tf.sum(tf.square(gradient)).dataSync()[0]!;
        const h = 3e-4 / Math.sqrt(squaredLength);
        const moved = (by: number) =>
          pixels
            .total(...model.parameters.map((p, i) => (i === index ? tf.add(p, tf.mul(gradient, by)) : p)))
            .dataSync()[0]!;
        const slope = (moved(h) - moved(-h)) / (2 * h);
        expect(Math.abs(slope / squaredLength - 1)).toBeLessThan(0.02);
      });
      expect(pixels.gradients.every((gradient) => tf.max(tf.abs(gradient)).dataSync()[0]! > 0)).toBe(true);
    });
  });

  test.each([
    [{ maxSteps: 0 }, "maxSteps must be a positive integer: current value is 0"],
    [{ maxSteps: 1.5 }, "current value is 1.5"],
    [{ overshoot: -0.1 }, "overshoot must be a finite number, 0 or more: current value is -0.1"],
    [{ overshoot: Number.NaN }, "current value is NaN"],
    [{ margin: -1 }, "margin must be a finite number, 0 or more: current value is -1"],
    [{ clip: true, geometry: "first-layer" as const }, 'geometry must be "pixels" when clip is true'],
  ])("refuses %j", (options, message) => {
    scoped(() => {
      const { model, x } = affineModel();
      expect(() => deepFool(model, x, [UNTARGETED], { ...DEEP_FOOL_DEFAULTS, ...options })).toThrow(message);
    });
  });

  test("leaks nothing when the model throws in the middle of a walk", () => {
    const { model, x } = reluModel();
    const before = tf.memory().numTensors;
    let calls = 0;
    const failing = {
      ...model,
      linearise: (points: tf.Tensor2D) => {
        if (++calls === 2) throw new Error("no more");
        return model.linearise(points);
      },
    };
    expect(() => deepFool(failing, x, [UNTARGETED], { ...LONG, geometry: "pixels" })).toThrow("no more");
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([...model.parameters, x]);
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

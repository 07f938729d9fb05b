import type { Classifier } from "@gambeson/models";
import { startBackend, tf, type Tensor2D } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UNTARGETED, type BudgetedAttack, type MinimalAttack } from "../attack.ts";
import { randomImages, randomLabels, randomModel } from "./random-model.ts";

/** What every budgeted attack must do. */
export function describeBudgetedAttack(name: string, attack: BudgetedAttack): void {
  describe(`${name} as a budgeted attack`, () => {
    const world = testWorld();

    test("moves no pixel further than epsilon", () => {
      const { model, images, labels } = world();
      const adversarial = attack(model, images, labels, { epsilon: 0.1, clip: false });
      const largest = tf.tidy(() => tf.max(tf.abs(tf.sub(adversarial, images))).dataSync()[0]!);
      expect(largest).toBeLessThanOrEqual(0.1 + 1e-6);
      expect(largest).toBeGreaterThan(0.09);
      adversarial.dispose();
    });

    test("leaves images as they are at epsilon 0", () => {
      const { model, images, labels } = world();
      const adversarial = attack(model, images, labels, { epsilon: 0, clip: false });
      expect(adversarial.dataSync()).toEqual(images.dataSync());
      adversarial.dispose();
    });

    test("stays in [0, 1] when it clips", () => {
      const { model, images, labels } = world();
      const adversarial = attack(model, images, labels, { epsilon: 0.7, clip: true });
      const values = adversarial.dataSync();
      expect(Math.min(...values)).toBe(0);
      expect(Math.max(...values)).toBe(1);
      adversarial.dispose();
    });

    test("gives a batch what its images get one by one", () => {
      const { model, images, labels } = world();
      const together = attack(model, images, labels, { epsilon: 0.1, clip: false });
      const apart = tf.tidy(() =>
        tf.concat(
          tf
            .split(images, images.shape[0])
            .map((image, i) => attack(model, image as Tensor2D, [labels[i]!], { epsilon: 0.1, clip: false })),
        ),
      );
      expect(together.dataSync()).toEqual(apart.dataSync());
      tf.dispose([together, apart]);
    });

    test.each([-1, Number.NaN, Infinity])("refuses epsilon %s", (epsilon) => {
      const { model, images, labels } = world();
      expect(() => attack(model, images, labels, { epsilon, clip: false })).toThrow(RangeError);
    });

    test("refuses labels out of range or of another count, images of another size", () => {
      const { model, images, labels } = world();
      const options = { epsilon: 0.1, clip: false };
      expect(() =>
        attack(
          model,
          images,
          labels.map(() => 5),
          options,
        ),
      ).toThrow("current value is 5");
      expect(() => attack(model, images, labels.subarray(1), options)).toThrow("one label an image");
      const narrow = tf.zeros<tf.Rank.R2>([1, 3]);
      expect(() => attack(model, narrow, [0], options)).toThrow("shape must be [any, 12]");
      narrow.dispose();
    });
  });
}

/** What every minimal attack must do. */
export function describeMinimalAttack<Options>(
  name: string,
  attack: MinimalAttack<Options>,
  options: Options,
): void {
  describe(`${name} as a minimal attack`, () => {
    const world = testWorld();
    const untargeted = (count: number) => new Int32Array(count).fill(UNTARGETED);

    test("fools, and its perturbation is what it says", () => {
      const { model, images, labels } = world();
      const outcome = attack(model, images, untargeted(labels.length), options);
      tf.tidy(() => {
        const perturbations = outcome.perturbations();
        const norms = tf.norm(perturbations, 2, 1).dataSync();
        const after = tf.argMax(model.logits(tf.add(images, perturbations)), 1).dataSync();
        const before = tf.argMax(model.logits(images), 1).dataSync();
        expect([...outcome.before]).toEqual([...before]);
        expect([...outcome.after]).toEqual([...after]);
        outcome.norms.forEach((norm, i) => {
          expect(Math.abs(norm - norms[i]!)).toBeLessThanOrEqual(1e-4 * norms[i]!);
        });
        expect([...outcome.fooled]).toEqual([...after].map((k, i) => Number(k !== before[i])));
      });
      expect(outcome.fooled.filter(Boolean).length).toBeGreaterThan(labels.length / 2);
      outcome.dispose();
    });

    test("leads every image to the class it is told to reach", () => {
      const { model, images } = world();
      const targets = new Int32Array(images.shape[0]).fill(3);
      const outcome = attack(model, images, targets, options);
      outcome.fooled.forEach((fooled, i) => {
        expect(fooled).toBe(Number(outcome.after[i] === 3));
        if (outcome.before[i] === 3) expect([outcome.steps[i], outcome.norms[i]]).toEqual([0, 0]);
      });
      expect(outcome.fooled.filter(Boolean).length).toBeGreaterThan(targets.length / 2);
      outcome.dispose();
    });

    test("gives a batch what its images get one by one, though some are fooled before others", () => {
      const { model, images, labels } = world();
      const together = attack(model, images, untargeted(labels.length), options);
      expect(new Set(together.steps).size).toBeGreaterThan(1);
      tf.tidy(() => {
        tf.split(images, labels.length).forEach((image, i) => {
          const alone = attack(model, image as Tensor2D, untargeted(1), options);
          expect(Math.abs(alone.norms[0]! - together.norms[i]!)).toBeLessThanOrEqual(
            1e-5 * together.norms[i]!,
          );
          expect([alone.steps[0], alone.after[0]]).toEqual([together.steps[i], together.after[i]]);
          alone.dispose();
        });
      });
      together.dispose();
    });

    test("gives a blank model no step, never NaN", () => {
      const { model, images, labels } = world();
      const dead = model.withParameters(model.parameters.map((parameter) => tf.zerosLike(parameter)));
      const outcome = attack(dead, images, untargeted(labels.length), options);
      expect([...outcome.norms]).toEqual(Array.from(labels, () => 0));
      expect(outcome.fooled.includes(1)).toBe(false);
      outcome.dispose();
      tf.dispose([...dead.parameters]);
    });

    test("takes an empty batch", () => {
      const { model } = world();
      const none = tf.zeros<tf.Rank.R2>([0, 12]);
      const outcome = attack(model, none, [], options);
      expect(outcome.norms.length).toBe(0);
      outcome.dispose();
      none.dispose();
    });

    test("refuses targets out of range or of another count, images of another size", () => {
      const { model, images, labels } = world();
      expect(() =>
        attack(
          model,
          images,
          labels.map(() => 5),
          options,
        ),
      ).toThrow("current value is 5");
      expect(() =>
        attack(
          model,
          images,
          labels.map(() => -2),
          options,
        ),
      ).toThrow("current value is -2");
      expect(() => attack(model, images, [0], options)).toThrow("one target an image");
      const narrow = tf.zeros<tf.Rank.R2>([1, 3]);
      expect(() => attack(model, narrow, [0], options)).toThrow("shape must be [any, 12]");
      narrow.dispose();
    });
  });
}

interface World {
  readonly model: Classifier;
  readonly images: Tensor2D;
  readonly labels: Int32Array;
}

/** A model of 12 inputs, 5 classes, and 24 images. Each test in it must leave no tensor behind. */
function testWorld(): () => World {
  let world: World | undefined;
  let tensors = 0;
  beforeAll(async () => {
    await startBackend({ threads: 1 });
    world = {
      model: randomModel([12, 16, 5], 1),
      images: randomImages(24, 12, 2),
      labels: randomLabels(24, 5, 3),
    };
    tensors = tf.memory().numTensors;
  });
  afterAll(() => {
    expect(tf.memory().numTensors).toBe(tensors);
  });
  return () => {
    if (world === undefined)
      throw new TypeError("Cannot test as the world must be made first: current value is undefined");
    return world;
  };
}

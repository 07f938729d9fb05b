import { scoped, startBackend, stopBackend, tf, type Tensor2D } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fgsSweep } from "./fgs-sweep.ts";
import { fgs } from "./fgs.ts";
import { describeBudgetedAttack } from "./testing/describe-attacks.ts";
import { affineModel, KNOWN } from "./testing/known-answers.ts";
import { randomImages, randomLabels, randomModel } from "./testing/random-model.ts";

describeBudgetedAttack("fgs()", fgs);

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

describe("fgs() on the affine model", () => {
  const { fgs: known } = KNOWN.affine;

  test("moves along the known sign", () => {
    scoped(() => {
      const { model, x } = affineModel();
      const moved = fgs(model, x, [known.label], { epsilon: 0.25, clip: false }).dataSync();
      expect([...moved]).toEqual(known.sign.map((sign, i) => KNOWN.affine.x[i]! + 0.25 * sign));
    });
  });

  test("flips the class exactly at the known epsilon", () => {
    scoped(() => {
      const { model, x } = affineModel();
      const classAt = (epsilon: number) =>
        tf.argMax(model.logits(fgs(model, x, [known.label], { epsilon, clip: false })), 1).dataSync()[0];
      expect(classAt(known.flipsExactlyAtEpsilon - 1e-5)).toBe(known.label);
      expect(classAt(known.flipsExactlyAtEpsilon + 1e-5)).not.toBe(known.label);
    });
  });

  test("moves an image however confident the model is: its gradient is small, not zero", () => {
    scoped(() => {
      const { model, x } = affineModel();
      // Logits 40 times as far apart: the true class has probability 1 - exp(-40), the gradient's size is about 1e-16.
      const confident = model.withParameters(model.parameters.map((parameter) => tf.mul(parameter, 40)));
      const moved = fgs(confident, x, [known.label], { epsilon: 0.25, clip: false }).dataSync();
      expect([...moved]).toEqual(known.sign.map((sign, i) => KNOWN.affine.x[i]! + 0.25 * sign));
    });
  });

  test("does not move where the gradient is zero: sign(0) = 0", () => {
    scoped(() => {
      const { model, x } = affineModel();
      const flat = model.withParameters(model.parameters.map((parameter) => tf.zerosLike(parameter)));
      expect(fgs(flat, x, [0], { epsilon: 1, clip: false }).dataSync()).toEqual(x.dataSync());
      expect(fgsSweep(flat, x, [0], { clip: false }).zeroGradients).toBe(1);
    });
  });
});

describe("fgsSweep()", () => {
  test.each([true, false])("predicts what the model says of fgs()'s images, clip: %s", (clip) => {
    scoped(() => {
      const model = randomModel([12, 16, 9, 5], 4);
      const images = randomImages(40, 12, 5);
      const labels = randomLabels(40, 5, 6);
      let sign: Tensor2D | undefined;
      const sweep = fgsSweep(model, images, labels, { clip, onSign: (each) => (sign = each.clone()) });
      expect(sweep.zeroGradients).toBe(0);
      for (const epsilon of [0, 0.01, 0.1, 0.5]) {
        const adversarial = fgs(model, images, labels, { epsilon, clip });
        const expected = tf.argMax(model.logits(adversarial), 1).dataSync();
        expect([...sweep.predictedAt(epsilon)]).toEqual([...expected]);
        const logits = model.logits(adversarial).dataSync();
        sweep.logitsAt(epsilon).forEach((logit, i) => {
          expect(logit).toBeCloseTo(logits[i]!, 4);
        });
        const moved: Tensor2D = tf.add(images, tf.mul(sign!, epsilon));
        expect((clip ? tf.clipByValue(moved, 0, 1) : moved).dataSync()).toEqual(adversarial.dataSync());
      }
    });
  });

  test("refuses a negative epsilon and frees what it holds", () => {
    const [model, images] = [randomModel([12, 5], 4), randomImages(3, 12, 5)];
    const before = tf.memory().numTensors;
    const sweep = fgsSweep(model, images, [0, 1, 2], { clip: false });
    expect(() => sweep.predictedAt(-0.1)).toThrow("current value is -0.1");
    sweep.dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([...model.parameters, images]);
  });
});

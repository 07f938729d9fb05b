import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { loadMlp, predictedClasses, type Classifier } from "@gambeson/models";
import { scoped, startBackend, stopBackend, tf, type Tensor2D } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UNTARGETED } from "./attack.ts";
import { deepFool } from "./deep-fool.ts";
import { fgs } from "./fgs.ts";
import { readFixture } from "./testing/known-answers.ts";

/** What Foolbox 3 found; the fixtures' README says how. */
const FOOLBOX = JSON.parse(readFixture("fmnist-mlp-foolbox.json").toString()) as {
  readonly count: number;
  readonly labels: number[];
  readonly predictions: number[];
  readonly logits_first_image: number[];
  readonly deepfool: {
    readonly max_steps: number;
    readonly perturbation_l2: number[];
    readonly adversarial_predictions: number[];
  };
  readonly fgs: { readonly predictions_at_epsilon: Readonly<Record<string, number[]>> };
};

const file = `${process.env.GAMBESON_DATA_DIR ?? ""}/fashion-mnist/t10k-images-idx3-ubyte.gz`;
const hasImages = existsSync(file);

let model: Classifier;
let images: Tensor2D;
beforeAll(async () => {
  await startBackend({ threads: 1 });
  model = loadMlp(readFixture("fmnist-mlp-foolbox.safetensors"));
  images = tf.tensor2d(hasImages ? firstTestImages(FOOLBOX.count) : new Float32Array(0), [
    hasImages ? FOOLBOX.count : 0,
    784,
  ]);
});
afterAll(stopBackend);

test("loadMlp() reads the weights Foolbox attacked", () => {
  expect(model.parameters.map(({ shape }) => shape)).toEqual([[784, 100], [100], [100, 10], [10]]);
});

if (!hasImages) {
  console.warn(
    "GAMBESON_DATA_DIR names no Fashion-MNIST: the comparison with Foolbox on its test images does not run",
  );
} else {
  describe("on Fashion-MNIST's first test images", () => {
    test("logits and predictions are PyTorch's", () => {
      scoped(() => {
        const logits = model.logits(images);
        expect([...predictedClasses(model, images)]).toEqual(FOOLBOX.predictions);
        FOOLBOX.logits_first_image.forEach((logit, k) => {
          expect(logits.dataSync()[k]).toBeCloseTo(logit, 3);
        });
      });
    });

    test.each(["pixels", "first-layer"] as const)(
      "deepFool() finds Foolbox's perturbations, %s",
      (geometry) => {
        // Foolbox adds 1e-4 to every distance (foolbox/attacks/deepfool.py, "for numerical stability").
        const options = {
          ...DEEP_FOOL_DEFAULTS,
          margin: 1e-4,
          maxSteps: FOOLBOX.deepfool.max_steps,
          geometry,
        };
        const outcome = deepFool(model, images, new Int32Array(FOOLBOX.count).fill(UNTARGETED), options);
        expect([...outcome.after]).toEqual(FOOLBOX.deepfool.adversarial_predictions);
        FOOLBOX.deepfool.perturbation_l2.forEach((norm, image) => {
          // 1e-4 relative, and the half unit of the sixth decimal that the file is rounded to.
          expect(Math.abs(outcome.norms[image]! - norm)).toBeLessThanOrEqual(1e-4 * norm + 0.5e-6);
        });
        outcome.dispose();
      },
    );

    test.each(Object.entries(FOOLBOX.fgs.predictions_at_epsilon))(
      "fgs() at %s fools as Foolbox does",
      (epsilon, expected) => {
        scoped(() => {
          const adversarial = fgs(model, images, FOOLBOX.labels, { epsilon: Number(epsilon), clip: false });
          const logits = model.logits(adversarial).arraySync();
          predictedClasses(model, adversarial).forEach((predicted, image) => {
            const [first, second] = logits[image]!.toSorted((a, b) => b - a) as [number, number];
            // An image that stands on a boundary may fall to either side.
            if (first - second >= 1e-5) expect([image, predicted]).toEqual([image, expected[image]]);
          });
        });
      },
    );
  });
}

function firstTestImages(count: number): Float32Array {
  const idx = gunzipSync(readFileSync(file));
  return Float32Array.from(idx.subarray(16, 16 + count * 784), (value) => value / 255);
}

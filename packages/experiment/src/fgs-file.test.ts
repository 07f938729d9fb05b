import { fgs } from "@gambeson/attacks";
import { writeSafetensors } from "@gambeson/models/safetensors";
import { initialMlpParameters, mlp } from "@gambeson/models";
import { createRandom, startBackend, stopBackend, tf, type Tensor2D } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fgsImage, readFgsImages, writeFgsImages } from "./fgs-file.ts";
import { tensorEngine } from "./tensor-engine.ts";

test("FGS images read back as they were", () => {
  const images = {
    count: 2,
    imageSize: 3,
    signs: Uint8Array.of(0, 1, 2, 2, 2, 1),
    predicted: Int32Array.of(9, 0),
    probability: Float32Array.of(0.5, 1),
  };
  expect(readFgsImages(writeFgsImages(images))).toEqual(images);
});

test("readFgsImages() refuses another file", () => {
  const shape = [2];
  const predicted = { name: "predicted", dtype: "I32", shape, data: new Int32Array(2) } as const;
  const signs = { name: "signs", dtype: "U8", shape: [2, 1], data: new Uint8Array(2) } as const;
  expect(() => readFgsImages(writeSafetensors([]))).toThrow("'signs'");
  expect(() => readFgsImages(writeSafetensors([predicted, signs]))).toThrow(
    "Cannot read FGS images as 'probability' must be F32 [2]: current value is missing",
  );
});

describe("fgsImage()", () => {
  beforeAll(async () => {
    await startBackend({ threads: 1 });
  });
  afterAll(stopBackend);

  test("moves pixels by the step, by hand", () => {
    const image = Float32Array.of(0.5, 0.25, 0.875, 0.125);
    const signs = Uint8Array.of(0, 1, 1, 2);
    expect([...fgsImage(image, signs, { epsilon: 0.25, clip: false })]).toEqual([0.5, 0.5, 1.125, -0.125]);
    expect([...fgsImage(image, signs, { epsilon: 0.25, clip: true })]).toEqual([0.5, 0.5, 1, 0]);
  });

  test.each([true, false])("gives the attack's images to the last bit, clip: %s", async (clip) => {
    const model = mlp(initialMlpParameters([12, 7, 4], createRandom(3, "model"), 0.4));
    const random = createRandom(4, "images");
    const pixels = Float32Array.from({ length: 20 * 12 }, () => random.uniform());
    const labels = Uint8Array.from({ length: 20 }, () => random.integer(4));
    const signs = new Uint8Array(pixels.length);
    const sweep = await tensorEngine.fgsSweepOfSet(
      model,
      { count: 20, imageSize: 12, labels, pixels },
      {
        clip,
        signal: new AbortController().signal,
        onSigns: (some, first) => {
          signs.set(some, 12 * first);
        },
      },
    );
    sweep.dispose();
    const images: Tensor2D = tf.tensor2d(pixels, [20, 12]);
    for (const epsilon of [0, 0.05, 0.0589, 0.3]) {
      const attacked = fgs(model, images, labels, { epsilon, clip });
      expect(fgsImage(pixels, signs, { epsilon, clip })).toEqual(attacked.dataSync());
      attacked.dispose();
    }
    tf.dispose([images, ...model.parameters]);
  });
});

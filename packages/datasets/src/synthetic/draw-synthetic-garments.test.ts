import { describe, expect, test } from "vitest";
import { drawGarments } from "./draw-garments.ts";
import { drawSyntheticGarments } from "./draw-synthetic-garments.ts";

describe("drawGarments()", () => {
  test("draws the same first images whatever the count", () => {
    const [few, many] = [drawGarments(3, "train", 20), drawGarments(3, "train", 50)];
    expect(many.images.subarray(0, 20 * 784)).toEqual(few.images);
    expect(many.labels.subarray(0, 20)).toEqual(few.labels);
  });

  test("draws other images for another seed or split", () => {
    const drawn = [drawGarments(3, "train", 5), drawGarments(4, "train", 5), drawGarments(3, "test", 5)];
    expect(new Set(drawn.map(({ images }) => images.join())).size).toBe(3);
  });

  test("draws each class about equally often, and every image its own", () => {
    const { images, labels, count } = drawGarments(1, "train", 1000);
    const counts = new Array<number>(10).fill(0);
    for (const label of labels) counts[label]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(60); // 100 expected, deviation 9.5
    const distinct = new Set(
      Array.from({ length: count }, (_, i) => images.subarray(784 * i, 784 * (i + 1)).join()),
    );
    expect(distinct.size).toBe(1000);
  });

  test("leaves most of the image exactly black and fills a fair part of it", () => {
    const { images, count } = drawGarments(1, "test", 300);
    for (let i = 0; i < count; i++) {
      const cloth = images.subarray(784 * i, 784 * (i + 1)).filter((pixel) => pixel > 0).length;
      expect(cloth).toBeGreaterThan(40);
      expect(cloth).toBeLessThan(600);
    }
  });

  test.each([0, -1, 1.5])("refuses a count of %s", (count) => {
    expect(() => drawGarments(1, "train", count)).toThrow(RangeError);
  });
});

describe("drawSyntheticGarments()", () => {
  test("draws the same bytes under every runtime", async () => {
    // Written down from Node 20.20 on x86-64; the tests run under Deno as well. A result names its data by these.
    const { train, test } = await drawSyntheticGarments({ train: 500, test: 100 });
    expect([train.imagesSha256, train.labelsSha256, test.imagesSha256, test.labelsSha256]).toEqual(RECORDED);
  });

  test("can be learned, but not perfectly", async () => {
    // An MLP 784-100-10 reaches 88 % (see SYNTHETIC_DEFAULTS); a linear classifier on a quarter of the images must come near.
    const { train, test } = await drawSyntheticGarments({ train: 3000, test: 1000 });
    const accuracy = linearAccuracy(train, test);
    expect(accuracy).toBeGreaterThan(0.7);
    expect(accuracy).toBeLessThan(0.95);
  });
});

const RECORDED = [
  "06a7e341f94b51e3ea0f4fec0a77a540ed243ee4ddf2ef244141e4bc973f4fa1",
  "90c10cee6e6275c95f252b73054f5432e87fc9cb89d2112c398d895be008cf03",
  "eb9679dab8efa790a7691dd3d442e8f59797009685d56d8224e20dcebc870897",
  "068f4f7f948cdfd6c7e7ba419ad814f2e938cea417f8d1bc88b68d08a84f9772",
];

interface Labelled {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly count: number;
}

/** Softmax regression by plain stochastic gradient descent, 5 epochs, in the images' order. */
function linearAccuracy(train: Labelled, test: Labelled): number {
  const weights = Array.from({ length: 10 }, () => new Float64Array(785));
  const pixelsOf = ({ images }: Labelled, i: number) =>
    Float64Array.from(images.subarray(784 * i, 784 * (i + 1)), (p) => p / 255);
  const scoresOf = (pixels: Float64Array) =>
    weights.map((row) => pixels.reduce((sum, pixel, at) => sum + pixel * row[at]!, row[784]!));
  for (let step = 0; step < 5 * train.count; step++) {
    const pixels = pixelsOf(train, step % train.count);
    const scores = scoresOf(pixels);
    const most = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    for (let c = 0; c < 10; c++) {
      const slope = 0.01 * (powers[c]! / sum - (c === train.labels[step % train.count] ? 1 : 0));
      for (let at = 0; at < 784; at++) weights[c]![at]! -= slope * pixels[at]!;
      weights[c]![784]! -= slope;
    }
  }
  let correct = 0;
  for (let i = 0; i < test.count; i++) {
    const scores = scoresOf(pixelsOf(test, i));
    if (scores.indexOf(Math.max(...scores)) === test.labels[i]) correct++;
  }
  return correct / test.count;
}

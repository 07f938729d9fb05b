import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadImages, loadMlpMemory, logitsOf, startKernels, type ImageRange, type Kernels } from "./index.ts";
import { AVAILABLE_BUILDS } from "./testing/available-builds.ts";
import { expectClose, sumTolerance } from "./testing/expect-close.ts";
import { viewOf } from "./testing/plain-mlp.ts";
import { randomCase, type RandomCase } from "./testing/random-case.ts";
import { SAME_CASES, SHAPES } from "./testing/shapes.ts";

describe.each(AVAILABLE_BUILDS)("logitsOf(), %s", (build) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await startKernels({ threads: 2, build });
  });
  afterAll(() => kernels.stop());

  const logitsIn = ({ sizes, parameters, images }: RandomCase, range: ImageRange) => {
    const used = kernels.heap.size().used;
    const mlp = loadMlpMemory(kernels, sizes, { parameters });
    const set = loadImages(kernels, images);
    try {
      return logitsOf(kernels, mlp, set, range);
    } finally {
      set.free();
      mlp.free();
      expect(kernels.heap.size().used).toBe(used);
    }
  };
  const expectPlainLogits = (given: RandomCase, range: ImageRange) => {
    const rows = given.rows.slice(range.first, range.first + range.count);
    const { inputs, hidden } = given.sizes;
    expectClose(
      logitsIn(given, range),
      rows.flatMap((x) => [...viewOf(given.plain, x).logits]),
      sumTolerance(inputs + hidden),
    );
  };

  test.each(SHAPES)("are the plain version's at $inputs-$hidden-$classes", (sizes) => {
    for (const pixels of ["uint8", "float32"] as const) {
      expectPlainLogits(randomCase({ sizes, count: 11, seed: 3, pixels }), { first: 0, count: 11 });
    }
  });

  test("are the plain version's on any shape and range", () => {
    const shape = fc.record({
      inputs: fc.integer({ min: 1, max: 40 }),
      hidden: fc.integer({ min: 1, max: 40 }),
      classes: fc.integer({ min: 2, max: 30 }),
    });
    fc.assert(
      fc.property(
        shape,
        fc.nat(13),
        fc.nat(13),
        fc.nat(),
        fc.constantFrom("uint8", "float32"),
        (sizes, first, count, seed, pixels) => {
          expectPlainLogits(randomCase({ sizes, count: first + count, seed, pixels }), { first, count });
        },
      ),
      SAME_CASES,
    );
  });

  test("are relu(x W1 + b1) W2 + b2, by hand", () => {
    const mlp = loadMlpMemory(
      kernels,
      { inputs: 2, hidden: 3, classes: 2 },
      {
        parameters: [
          Float32Array.of(1, -1, 0.5, 2, 1, -3),
          Float32Array.of(0, 0.5, 1),
          Float32Array.of(1, 0, 0, 2, -1, 1),
          Float32Array.of(0.25, -0.25),
        ],
      },
    );
    const pixels = Float32Array.of(1, 0, 0, 1, -2, -1);
    const set = loadImages(kernels, { count: 3, imageSize: 2, labels: new Uint8Array(3), pixels });
    // z: [1, -0.5, 1.5], [2, 1.5, -2], [-4, 1.5, 3].
    expect([...logitsOf(kernels, mlp, set, { first: 0, count: 3 })]).toEqual([
      ...[1 - 1.5 + 0.25, 1.5 - 0.25],
      ...[2 + 0.25, 3 - 0.25],
      ...[-3 + 0.25, 3 + 3 - 0.25],
    ]);
    mlp.free();
    set.free();
  });

  test("of blank images come from the biases alone", () => {
    const given = randomCase({ sizes: { inputs: 13, hidden: 5, classes: 4 }, count: 6, seed: 8 });
    for (const pixels of [new Uint8Array(6 * 13), new Float32Array(6 * 13)]) {
      const blank = viewOf(given.plain, new Float64Array(13)).logits;
      const logits = logitsIn({ ...given, images: { ...given.images, pixels } }, { first: 1, count: 5 });
      expectClose(logits, Array.from({ length: 5 }, () => [...blank]).flat(), sumTolerance(5));
    }
  });

  test("of an empty range are none, of an empty set too", () => {
    const given = randomCase({ sizes: { inputs: 5, hidden: 5, classes: 3 }, count: 4, seed: 1 });
    for (const first of [0, 2, 4]) expect(logitsIn(given, { first, count: 0 })).toEqual(new Float32Array(0));
    const empty = { ...given.images, count: 0, labels: new Uint8Array(0), pixels: new Uint8Array(0) };
    expect(logitsIn({ ...given, images: empty }, { first: 0, count: 0 })).toEqual(new Float32Array(0));
  });

  test("are refused for images that the model does not fit", () => {
    const given = randomCase({ sizes: { inputs: 5, hidden: 5, classes: 3 }, count: 4, seed: 1 });
    const smaller = randomCase({ sizes: { inputs: 4, hidden: 5, classes: 3 }, count: 4, seed: 1 });
    expect(() => logitsIn({ ...given, images: smaller.images }, { first: 0, count: 4 })).toThrow(
      new RangeError(
        "Cannot use an MLP on images as an image's pixels must be its 5 inputs: current value is 4",
      ),
    );
    const images = { ...given.images, labels: Uint8Array.of(0, 3, 2, 1) };
    expect(() => logitsIn({ ...given, images }, { first: 0, count: 4 })).toThrow(
      new RangeError(
        "Cannot use an MLP on images as a label must be below its 3 classes: current value is 3",
      ),
    );
  });

  test.each([
    { first: -1, count: 1 },
    { first: 0, count: 5 },
    { first: 4, count: 1 },
    { first: 1.5, count: 1 },
    { first: 0, count: -1 },
    { first: 0, count: NaN },
  ])("are refused for $count images from $first on", (range) => {
    const given = randomCase({ sizes: { inputs: 5, hidden: 5, classes: 3 }, count: 4, seed: 1 });
    expect(() => logitsIn(given, range)).toThrow(
      new RangeError(
        `Cannot go over images as the range must be within the set's 4: current value is ${range.count} from ${range.first} on`,
      ),
    );
  });
});

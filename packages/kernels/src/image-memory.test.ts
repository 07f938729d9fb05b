import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadImages, startKernels, type Kernels } from "./index.ts";

describe("loadImages()", () => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await startKernels({ threads: 1 });
  });
  afterAll(() => kernels.stop());

  test.each([new Uint8Array(15), new Float32Array(15)])("holds images until it is freed", (pixels) => {
    const before = kernels.heap.size().used;
    const set = loadImages(kernels, { count: 3, imageSize: 5, labels: Uint8Array.of(4, 0, 2), pixels });
    expect(set).toMatchObject({ count: 3, imageSize: 5 });
    expect(kernels.heap.size().used).toBeGreaterThan(before);
    set.free();
    expect(kernels.heap.size().used).toBe(before);
  });

  test.each([14, 16])("refuses %i pixels for three images of five", (length) => {
    const before = kernels.heap.size().used;
    for (const pixels of [new Uint8Array(length), new Float32Array(length)]) {
      expect(() =>
        loadImages(kernels, { count: 3, imageSize: 5, labels: new Uint8Array(3), pixels }),
      ).toThrow(
        new RangeError(
          `Cannot load images as the number of pixels must be 3 x 5: current value is ${length}`,
        ),
      );
    }
    expect(kernels.heap.size().used).toBe(before);
  });

  test.each([2, 4])("refuses %i labels for three images", (length) => {
    const before = kernels.heap.size().used;
    const labels = new Uint8Array(length);
    expect(() => loadImages(kernels, { count: 3, imageSize: 5, labels, pixels: new Uint8Array(15) })).toThrow(
      new RangeError(`Cannot load images as the number of labels must be 3: current value is ${length}`),
    );
    expect(kernels.heap.size().used).toBe(before);
  });
});

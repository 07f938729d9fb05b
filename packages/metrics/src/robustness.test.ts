import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countBlank, rho2 } from "./rho2.ts";
import { robustness } from "./robustness.ts";

// rho of the four that are not blank: 0.1, 0.2, 0.05, 0.45
const IMAGES = {
  norm: [1, 1, 0.25, 3, 0.9],
  imageNorm: [10, 5, 5, 0, 2],
  fooled: [true, true, false, false, true],
  steps: [1, 2, 6, 6, 3],
  correct: [true, true, false, true, false],
};

describe("robustness()", () => {
  test("is rho2 and its companions, blank images left out of every rho", () => {
    const found = robustness(IMAGES);
    expect(found.rho2).toBeCloseTo(0.8 / 4, 15);
    expect(found.rho2Correct).toBeCloseTo(0.3 / 2, 15);
    expect(found.median).toBeCloseTo(0.15, 15);
    expect(found.fooled).toEqual({ count: 3, of: 5 });
    expect(found.meanSteps).toBeCloseTo(18 / 5, 15);
  });

  test("has a histogram in hundredths up to 0.4, all beyond in its last bin", () => {
    const { upTo, counts } = robustness(IMAGES).histogram;
    expect(upTo).toBe(0.4);
    expect(counts).toHaveLength(40);
    expect([counts[5], counts[10], counts[20], counts[39]]).toEqual([1, 1, 1, 1]);
    expect(counts.reduce((total, count) => total + count, 0)).toBe(4);
  });

  test("has no rho2Correct where no image was right", () => {
    expect(robustness({ ...IMAGES, correct: [0, 0, 0, 0, 0] }).rho2Correct).toBeNull();
    expect(robustness({ ...IMAGES, correct: [0, 0, 0, 1, 0] }).rho2Correct).toBeNull(); // right, but blank
  });

  test("sums float32 norms in float64", () => {
    const n = 1 << 20;
    const one = new Float32Array(n).fill(1);
    const tenth = new Float32Array(n).fill(0.1);
    expect(rho2(tenth, one)).toBeCloseTo(Math.fround(0.1), 12); // a float32 sum would be off by 1e-3
  });

  test("refuses all-blank sets, unequal lengths and bad norms", () => {
    expect(() => robustness({ ...IMAGES, imageNorm: [0, 0, 0, 0, 0] })).toThrow(RangeError);
    expect(() => robustness({ ...IMAGES, steps: [1] })).toThrow(RangeError);
    expect(() => robustness({ ...IMAGES, norm: [1, 1, NaN, 3, 0.9] })).toThrow(RangeError);
    expect(() => robustness({ ...IMAGES, imageNorm: [1, 1, -1, 3, 0.9] })).toThrow(RangeError);
    expect(() => robustness({ norm: [], imageNorm: [], fooled: [], steps: [], correct: [] })).toThrow(
      RangeError,
    );
  });
});

describe("rho2()", () => {
  test("is 0.408 for the affine model of the known answers (perturbation [-0.408, 0.204], x [1, 0.5])", () => {
    expect(rho2([Math.hypot(-0.408, 0.204)], [Math.hypot(1, 0.5)])).toBeCloseTo(0.408, 12);
  });

  test("does not change when perturbations and images are scaled alike", () => {
    const image = fc.tuple(
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(image, { minLength: 1 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (images, scale) => {
          const plain = rho2(
            images.map(([dx]) => dx),
            images.map(([, x]) => x),
          )!;
          const scaled = rho2(
            images.map(([dx]) => dx * scale),
            images.map(([, x]) => x * scale),
          )!;
          expect(Math.abs(scaled - plain)).toBeLessThanOrEqual(1e-12 * (1 + plain));
        },
      ),
    );
  });

  test("is null of blank images only", () => {
    expect(rho2([1, 2], [0, 0])).toBeNull();
  });
});

test("countBlank() counts images with |x| = 0", () => {
  expect(countBlank([0, 1, 0, 1e-30])).toEqual({ count: 2, of: 4 });
});

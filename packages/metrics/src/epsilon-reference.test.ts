import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epsilonReference } from "./epsilon-reference.ts";

const OPTIONS = { misclassified: 0.5, upTo: 1, step: 0.005, tolerance: 1e-5 };

describe("epsilonReference()", () => {
  test("is the upper end of the interval that holds the crossing, for any step function", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 1e-9, max: 1, noNaN: true }), async (crossing) => {
        const found = await epsilonReference((epsilon) => (epsilon >= crossing ? 0.5 : 0.499), OPTIONS);
        expect(found).toBeGreaterThanOrEqual(crossing);
        expect(found).toBeLessThanOrEqual(crossing + 1e-5);
      }),
    );
  });

  test("finds where FGS flips the affine model of the known answers: 1/3", async () => {
    // logits 2 and 1 at x = [1, 0.5]; x moves by epsilon * [-1, 1], so they are 2 - 2 epsilon and 1 + epsilon
    const share = (epsilon: number) => (1 + epsilon >= 2 - 2 * epsilon ? 1 : 0);
    expect(await epsilonReference(share, { ...OPTIONS, tolerance: 1e-9 })).toBeCloseTo(1 / 3, 8);
  });

  test("is 0 where the share suffices without an attack", async () => {
    expect(await epsilonReference(() => 0.5, OPTIONS)).toBe(0);
  });

  test("is null where no epsilon up to the bound suffices, and asks at the bound itself", async () => {
    const asked: number[] = [];
    const share = (epsilon: number) => {
      asked.push(epsilon);
      return 0.4;
    };
    expect(await epsilonReference(share, { ...OPTIONS, upTo: 0.5, step: 0.2 })).toBeNull();
    expect(asked).toEqual([0, 0.2, 0.4, 0.5]);
  });

  test("takes the first crossing of a share that falls again", async () => {
    const share = (epsilon: number) => (epsilon >= 0.2 && epsilon < 0.3 ? 0.6 : 0.1);
    expect(await epsilonReference(share, OPTIONS)).toBeCloseTo(0.2, 4);
  });

  test("waits for shares that come later", async () => {
    const share = (epsilon: number) => Promise.resolve(epsilon >= 0.25 ? 1 : 0);
    expect(await epsilonReference(share, OPTIONS)).toBeCloseTo(0.25, 4);
  });

  test("ends although the tolerance is finer than numbers are", async () => {
    const found = await epsilonReference((epsilon) => (epsilon > 0.7 ? 1 : 0), {
      ...OPTIONS,
      tolerance: 1e-300,
    });
    expect(found! - 0.7).toBeGreaterThan(0);
    expect(found! - 0.7).toBeLessThan(1e-15);
  });

  test.each([
    { misclassified: 0 },
    { misclassified: 1.1 },
    { upTo: -1 },
    { upTo: Infinity },
    { step: 0 },
    { tolerance: NaN },
  ])("refuses %o", async (option) => {
    await expect(epsilonReference(() => 1, { ...OPTIONS, ...option })).rejects.toThrow(RangeError);
  });

  test("refuses a share that is none", async () => {
    await expect(epsilonReference(() => NaN, OPTIONS)).rejects.toThrow(RangeError);
    await expect(epsilonReference(() => 50, OPTIONS)).rejects.toThrow(RangeError);
  });
});

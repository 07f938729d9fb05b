import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { auc } from "./auc.ts";
import { rocCurve, type RocCurve } from "./roc-curve.ts";

// few distinct scores, so that ties are common
const IMAGE = fc.record({ score: fc.integer({ min: -6, max: 6 }), positive: fc.boolean() });
const IMAGES = fc.array(IMAGE, { maxLength: 60 });
type Image = Readonly<{ score: number; positive: boolean }>;

function curveOf(images: readonly Image[], transform = (score: number) => score): RocCurve {
  return rocCurve(
    images.map(({ score }) => transform(score)),
    images.map(({ positive }) => positive),
  );
}

/** Every pair of a positive and a negative: 1 if ranked right, 1/2 if tied. */
function aucByPairs(images: readonly Image[]): number | null {
  const positives = images.filter(({ positive }) => positive);
  const negatives = images.filter(({ positive }) => !positive);
  if (positives.length === 0 || negatives.length === 0) return null;
  const halves = positives.flatMap((p) =>
    negatives.map((n) => (p.score > n.score ? 2 : p.score === n.score ? 1 : 0)),
  );
  return halves.reduce<number>((sum, half) => sum + half, 0) / (2 * positives.length * negatives.length);
}

describe("rocCurve()", () => {
  test("goes up for a positive, right for a negative, aslant for a tie", () => {
    expect(rocCurve([9, 8, 7, 7, 6, 5], [true, false, true, false, true, false])).toEqual({
      positives: 3,
      negatives: 3,
      falsePositives: [0, 0, 1, 2, 2, 3],
      truePositives: [0, 1, 1, 2, 3, 3],
      thresholds: [Infinity, 9, 8, 7, 6, 5],
    });
  });

  test("drops vertices on a straight line, also along slanted ones", () => {
    const scores = [9, 8, 7, 7, 6, 6, 6, 6, 5];
    const curve = rocCurve(scores, [1, 1, 1, 0, 1, 1, 0, 0, 0]);
    expect(curve.truePositives).toEqual([0, 2, 5, 5]);
    expect(curve.falsePositives).toEqual([0, 0, 3, 4]);
    expect(curve.thresholds).toEqual([Infinity, 8, 6, 5]);
  });

  test("is one slanted edge when all scores are equal", () => {
    const { falsePositives, truePositives } = rocCurve([0, -0, 0], [true, false, false]);
    expect([falsePositives, truePositives]).toEqual([
      [0, 2],
      [0, 1],
    ]);
  });

  test("goes along one axis when a side is empty, and is a point of no images", () => {
    expect(rocCurve([1, 2], [true, true])).toMatchObject({ falsePositives: [0, 0], truePositives: [0, 2] });
    expect(rocCurve([1, 2], [false, false])).toMatchObject({ falsePositives: [0, 2], truePositives: [0, 0] });
    expect(rocCurve([], [])).toMatchObject({ falsePositives: [0], truePositives: [0] });
  });

  test("orders infinite scores and refuses NaN", () => {
    expect(auc(rocCurve([-Infinity, Infinity, 0], [false, true, false]))).toBe(1);
    expect(() => rocCurve([1, NaN], [true, false])).toThrow(RangeError);
    expect(() => rocCurve([1], [true, false])).toThrow(RangeError);
  });

  test("runs sorted from (0, 0) to (negatives, positives) with no vertex to spare", () => {
    fc.assert(
      fc.property(IMAGES, (images) => {
        const { positives, negatives, falsePositives: xs, truePositives: ys, thresholds } = curveOf(images);
        expect([xs[0], ys[0], xs.at(-1), ys.at(-1)]).toEqual([0, 0, negatives, positives]);
        for (let i = 1; i < xs.length; i++) {
          expect(
            xs[i]! >= xs[i - 1]! && ys[i]! >= ys[i - 1]! && xs[i]! + ys[i]! > xs[i - 1]! + ys[i - 1]!,
          ).toBe(true);
          expect(thresholds[i]!).toBeLessThan(thresholds[i - 1]!);
        }
        for (let i = 2; i < xs.length; i++) {
          const turn =
            (xs[i - 1]! - xs[i - 2]!) * (ys[i]! - ys[i - 1]!) -
            (xs[i]! - xs[i - 1]!) * (ys[i - 1]! - ys[i - 2]!);
          expect(turn).not.toBe(0);
        }
      }),
    );
  });

  test("says at each vertex how many score at least the threshold", () => {
    fc.assert(
      fc.property(IMAGES, (images) => {
        const curve = curveOf(images);
        const above = (positive: boolean, t: number) =>
          images.filter((i) => i.positive === positive && i.score >= t).length;
        expect(curve.falsePositives).toEqual(curve.thresholds.map((t) => above(false, t)));
        expect(curve.truePositives).toEqual(curve.thresholds.map((t) => above(true, t)));
      }),
    );
  });

  test("is the same under any rising transform of the scores", () => {
    fc.assert(
      fc.property(IMAGES, (images) => {
        const { falsePositives, truePositives } = curveOf(images);
        expect(curveOf(images, (score) => Math.exp(score) - 7)).toMatchObject({
          falsePositives,
          truePositives,
        });
      }),
    );
  });
});

describe("auc()", () => {
  test("equals the count over all pairs, ties a half: so the area under the curve loses nothing to dropped vertices", () => {
    fc.assert(
      fc.property(IMAGES, (images) => {
        expect(auc(curveOf(images))).toBe(aucByPairs(images));
      }),
    );
  });

  test("of negated scores is 1 - AUC", () => {
    fc.assert(
      fc.property(IMAGES, (images) => {
        const area = auc(curveOf(images));
        const negated = auc(curveOf(images, (score) => -score));
        if (area === null) expect(negated).toBeNull();
        else expect(negated).toBeCloseTo(1 - area, 14);
      }),
    );
  });

  test("agrees with scikit-learn 1.9.1 (roc_curve with drop_intermediate=False, roc_auc_score) on 20 scores with ties", () => {
    const scores = [
      0.9, 0.8, 0.8, 0.8, 0.7, 0.6, 0.6, 0.5, 0.5, 0.5, 0.4, 0.3, 0.3, 0.2, 0.2, 0.1, 0.05, 0.05, 0.05, 0,
    ];
    const curve = rocCurve(scores, [1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
    expect(auc(curve)).toBeCloseTo(0.77, 14);
    const theirs = {
      falsePositives: [0, 0, 1, 1, 2, 3, 3, 4, 6, 7, 9, 10],
      truePositives: [0, 1, 3, 4, 5, 7, 8, 9, 9, 9, 10, 10],
      thresholds: [Infinity, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0],
    };
    const kept = theirs.thresholds.map((_, i) => i).filter((i) => theirs.thresholds[i] !== 0.2); // (4,9) (6,9) (7,9) are in line
    expect(curve.thresholds).toEqual(kept.map((i) => theirs.thresholds[i]));
    expect(curve.falsePositives).toEqual(kept.map((i) => theirs.falsePositives[i]));
    expect(curve.truePositives).toEqual(kept.map((i) => theirs.truePositives[i]));
  });
});

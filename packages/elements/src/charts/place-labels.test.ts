import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeLabels } from "./place-labels.ts";

const EDGES = [0, 300] as const;

describe("placeLabels()", () => {
  test("sets labels that stand apart in one row, each above its place", () => {
    const placed = placeLabels(
      [
        { x: 50, label: "one" },
        { x: 200, label: "two" },
      ],
      EDGES,
    );
    expect(placed.map(({ middle, row }) => [middle, row])).toEqual([
      [50, 0],
      [200, 0],
    ]);
  });

  test("sets the second of two that are close a row higher, and the third back where there is room", () => {
    const labels = [50, 60, 150].map((x) => ({ x, label: "0.2 ε_ref" }));
    expect(placeLabels(labels, EDGES).map(({ row }) => row)).toEqual([0, 1, 0]);
  });

  test("drops the word of what has no room in three rows, but not its mark", () => {
    const labels = [50, 51, 52, 53].map((x) => ({ x, label: "0.2 ε_ref" }));
    expect(placeLabels(labels, EDGES)[3]).toMatchObject({ x: 53, label: null });
  });

  test("never lets two words of a row touch, nor one run over the edge", () => {
    const places = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 9 });
    fc.assert(
      fc.property(places, (xs) => {
        // "iii" is 3 x 0.36 em wide: 12.96 px.
        const labels = xs.toSorted((a, b) => a - b).map((x) => ({ x, label: "iii" }));
        const placed = placeLabels(labels, EDGES).filter(({ label }) => label !== null);
        for (const [i, { middle, row }] of placed.entries()) {
          expect(middle).toBeGreaterThanOrEqual(6.47);
          expect(middle).toBeLessThanOrEqual(293.53);
          const before = placed.slice(0, i).findLast((other) => other.row === row);
          if (before !== undefined) expect(middle - before.middle).toBeGreaterThan(12.96);
        }
      }),
    );
  });
});

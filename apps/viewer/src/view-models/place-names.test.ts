import fc from "fast-check";
import { expect, test } from "vitest";
import { placeNames } from "./place-names.ts";

const PLACING = { side: 100, widthOf: (name: string) => 10 * name.length, height: 8, taken: [] };

test("placeNames() keeps names off the edge and off each other", () => {
  expect(
    placeNames(
      [
        { name: "Coat", places: [[95, 2]] },
        {
          name: "Bag",
          places: [
            [70, 10],
            [50, 40],
          ],
        },
        { name: "Shirt", places: [[75, 10]] },
      ],
      PLACING,
    ),
  ).toEqual([[80, 4], [50, 40], null]);
});

test("placeNames() leaves out what has no room at all, and keeps off what is taken", () => {
  const taken = [{ middle: [10, 95], width: 20, height: 10 }] as const;
  const places = [
    [15, 95],
    [60, 95],
  ] as const;
  expect(
    placeNames(
      [
        { name: "Ankle boots", places },
        { name: "Bag", places },
      ],
      { ...PLACING, taken },
    ),
  ).toEqual([null, [60, 95]]);
});

test("placeNames() never puts one over another, whatever the places", () => {
  const coordinate = fc.double({ min: 0, max: 100, noNaN: true });
  const named = fc.record({
    name: fc.string({ minLength: 1, maxLength: 10 }),
    places: fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 5 }),
  });
  fc.assert(
    fc.property(fc.array(named, { maxLength: 8 }), (all) => {
      const placed = placeNames(all, PLACING).flatMap((middle, at) =>
        middle === null ? [] : [{ middle, width: 10 * all[at]!.name.length }],
      );
      placed.forEach(({ middle: [x, y], width }, at) => {
        expect([x - width / 2, y - 4].every((least) => least >= -1e-9)).toBe(true);
        expect([x + width / 2, y + 4].every((most) => most <= 100 + 1e-9)).toBe(true);
        for (const other of placed.slice(at + 1)) {
          const apart = [
            2 * Math.abs(x - other.middle[0]) - width - other.width,
            Math.abs(y - other.middle[1]) - 8,
          ];
          expect(Math.max(...apart)).toBeGreaterThanOrEqual(-1e-9);
        }
      });
    }),
  );
});

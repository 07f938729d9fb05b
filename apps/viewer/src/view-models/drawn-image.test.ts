import { expect, test } from "vitest";
import { drawnImage, scaledStrokes } from "./drawn-image.ts";

const SIZE = { height: 5, width: 5, pen: 1, sheet: null };

test("drawnImage() draws a line through the middles of pixels as one bright row", () => {
  expect([
    ...drawnImage(
      [
        [
          [0.5, 2.5],
          [4.5, 2.5],
        ],
      ],
      SIZE,
    ),
  ]).toEqual([...new Array<number>(10).fill(0), ...[1, 1, 1, 1, 1], ...new Array<number>(10).fill(0)]);
});

test("drawnImage() makes a dot of a touch, and half-covered pixels the shade next to half as bright", () => {
  const dot = drawnImage([[[2.5, 2.5]]], { ...SIZE, pen: 2 });
  // The pen reaches 1 pixel from its middle: the next pixels' middles lie on its edge.
  expect([dot[12], dot[11], dot[7], dot[10]]).toEqual([1, Math.fround(8 / 15), Math.fround(8 / 15), 0]);
});

test("drawnImage() keeps what lies on the image of what leads out of it", () => {
  const pixels = drawnImage(
    [
      [
        [-3, 2.5],
        [9, 2.5],
      ],
    ],
    SIZE,
  );
  expect([...pixels.subarray(10, 15)]).toEqual([1, 1, 1, 1, 1]);
  expect(drawnImage([[[-9, -9]]], SIZE).every((value) => value === 0)).toBe(true);
  expect(drawnImage([], SIZE).every((value) => value === 0)).toBe(true);
});

test("scaledStrokes() leaves a drawing where it is on an image of another size", () => {
  const line = [
    [2, 2],
    [4, 8],
  ] as const;
  expect(scaledStrokes([line], [0.5, 2])).toEqual([
    [
      [1, 4],
      [2, 16],
    ],
  ]);
});

test("drawnImage() draws on what was drawn before", () => {
  const sheet = drawnImage([[[0.5, 0.5]]], SIZE);
  const both = drawnImage([[[4.5, 4.5]]], { ...SIZE, sheet });
  expect([both[0], both[24], both[12]]).toEqual([1, 1, 0]);
  expect(sheet[24]).toBe(0);
});

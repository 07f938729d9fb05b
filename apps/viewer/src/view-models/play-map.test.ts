import { expect, test } from "vitest";
import type { BoundaryMap } from "../playground/protocol.ts";
import { playMap } from "./play-map.ts";

/** Four cells a side; class 0 to the left, 1 to the right, and 2 in the upper right corner. */
const MAP: BoundaryMap = {
  size: 4,
  right: [-0.1, 0.3],
  up: [-0.2, 0.2],
  // The lowest row first.
  classes: Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 2),
  walk: [
    [0, 0],
    [0.15, 0],
  ],
  fgs: [0.6, 0.8],
};
const CLASSES = ["Shirt", "Coat", "Bag"];

test("playMap() draws each class' cells, and the lines between", () => {
  const { regions, boundary } = playMap(MAP, { classNames: CLASSES, fgsRho: null });
  expect(regions.map(({ name, share }) => [name, share])).toEqual([
    ["Shirt", 0.5],
    ["Coat", 7 / 16],
    ["Bag", 1 / 16],
  ]);
  // In the third row, below the walk, each of 0.68 * 6 a letter and a rim of 1 on both sides; "Bag" is in the upper right corner.
  expect(regions[2]!.path).toBe("M75,0h25v25.1h-25z");
  expect(regions.map(({ nameAt }) => nameAt)).toEqual([
    [12.5, 62.5],
    [62.5, 62.5],
    [87.5, 12.5],
  ]);
  expect(regions[0]!.path).toBe("M0,0h50v25.1h-50zM0,25h50v25.1h-50zM0,50h50v25.1h-50zM0,75h50v25.1h-50z");
  expect(boundary.split("M").slice(1).sort()).toEqual(
    ["50,0v25", "50,25v25", "50,50v25", "50,75v25", "75,0v25", "75,25h25"].sort(),
  );
});

test("playMap() puts the walk and FGS's way where they are", () => {
  const { walk, fgs, fgsAt, scale } = playMap(MAP, { classNames: CLASSES, fgsRho: 0.1 });
  expect(walk.map((place) => place.map(Math.round))).toEqual([
    [25, 50],
    [63, 50],
  ]);
  // 0.25 along (0.6, 0.8) is the upper edge.
  expect(fgs[1].map(Math.round)).toEqual([63, 0]);
  expect(fgsAt!.map(Math.round)).toEqual([40, 30]);
  expect(scale.text).toBe("0.1 |x|");
  expect(scale.length).toBeCloseTo(25);
  expect(playMap(MAP, { classNames: CLASSES, fgsRho: 0.3 }).fgsAt).toBe(null);
});

test("playMap() says in words what it shows", () => {
  expect(playMap(MAP, { classNames: CLASSES, fgsRho: null }).summary).toBe(
    "Shirt around the image; DeepFool ends in Coat, 0.1500 |x| away.",
  );
});

test("playMap() gives every cell as CSV", () => {
  const rows = playMap(MAP, { classNames: CLASSES, fgsRho: null }).csv().split("\r\n");
  expect(rows.length).toBe(1 + 16 + 1);
  expect(rows[0]).toBe("right,up,class");
  const [right, up, name] = rows[16]!.split(",");
  expect([Number(right).toFixed(4), Number(up).toFixed(4), name]).toEqual(["0.2500", "0.1500", "Bag"]);
});

import { expect, test } from "vitest";
import { differenceBytes, greyBytes, unitImages } from "./picture-bytes.ts";

test("greyBytes() clamps what leaves [0, 1]", () => {
  expect([...greyBytes(Float32Array.of(-0.5, 0, 0.2, 1, 7))]).toEqual(
    [0, 0, 51, 255, 255].flatMap((level) => [level, level, level, 255]),
  );
});

test("differenceBytes() is grey where nothing changed, and goes no further than its ends", () => {
  const original = Float32Array.of(0.5, 0.5, 0.5, 0.5);
  const changed = Float32Array.of(0.5, 0.75, 0.25, -3);
  expect([...differenceBytes(original, changed, 2)]).toEqual([
    ...[128, 128, 128, 255],
    ...[192, 171, 118, 255], // half way to 255, 214, 107: 191.5, 171, 117.5, rounded to even
    ...[64, 86, 122, 255], // half way to 0, 45, 115: 64, 86.5, 121.5
    ...[0, 45, 115, 255],
  ]);
});

test("differenceBytes() grows with its factor", () => {
  const [original, changed] = [Float32Array.of(0), Float32Array.of(0.01)];
  const red = (amplify: number) => differenceBytes(original, changed, amplify)[0]!;
  expect([red(1), red(10), red(100), red(1000)]).toEqual([129, 141, 255, 255]);
});

test("unitImages() takes a result's images apart, and leaves out what is no whole one", () => {
  // Bytes 0, 255, 51, 102, 1.
  expect(unitImages("AP8zZgE=", 2).map((image) => [...image])).toEqual([
    [0, 1],
    [Math.fround(0.2), Math.fround(0.4)],
  ]);
});

import { expect, test } from "vitest";
import { decodeImages, greyOfRgba, imageRgba, perturbationRgba } from "./play-pixels.ts";

test("decodeImages() takes a result's images apart", () => {
  // Bytes 0, 255, 51, 102.
  const images = decodeImages("AP8zZg==", 2);
  expect(images.map((image) => [...image])).toEqual([
    [0, 1],
    [Math.fround(0.2), Math.fround(0.4)],
  ]);
});

test("imageRgba() is grey and opaque, and stays within black and white", () => {
  expect([...imageRgba(Float32Array.of(0, 0.2, 1.5, -1))]).toEqual(
    [0, 51, 255, 0].flatMap((grey) => [grey, grey, grey, 255]),
  );
});

test("perturbationRgba() is mid grey where nothing changed, and amplified where something did", () => {
  const rgba = perturbationRgba(Float32Array.of(0.5, 0.5, 0.5), Float32Array.of(0.5, 0.625, 0.25), 4);
  // 127.5, which a canvas rounds to even; 127.5 (1 + 0.5); 127.5 (1 - 1).
  expect([rgba[0], rgba[4], rgba[8], rgba[3]]).toEqual([128, 191, 0, 255]);
});

test("greyOfRgba() weighs colours as the eye does, on white paper", () => {
  const rgba = [255, 255, 255, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0, 0, 0, 255];
  expect([...greyOfRgba(rgba, false)].map((grey) => Number(grey.toFixed(4)))).toEqual([1, 0.7152, 1, 0]);
  expect([...greyOfRgba(rgba, true)].map((grey) => Number(grey.toFixed(4)))).toEqual([0, 0.2848, 0, 1]);
});

import { expect, test } from "vitest";
import { greyOfRgba } from "./grey-of-rgba.ts";

test("greyOfRgba() weighs colours as the eye does, on white paper", () => {
  const rgba = [255, 255, 255, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0, 0, 0, 255];
  expect([...greyOfRgba(rgba, false)].map((grey) => Number(grey.toFixed(4)))).toEqual([1, 0.7152, 1, 0]);
  expect([...greyOfRgba(rgba, true)].map((grey) => Number(grey.toFixed(4)))).toEqual([0, 0.2848, 0, 1]);
});

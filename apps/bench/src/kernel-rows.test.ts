import { expect, test } from "vitest";
import { kernelRows } from "./kernel-rows.ts";

test("kernelRows() rounds what was measured", () => {
  const kernels = [{ kernel: "a tile", threads: 2, gflops: 61.748, shareOfPeak: 0.5349 }];
  expect(kernelRows({ kernels })).toEqual([["a tile", "2", "61.7", "53 %"]]);
});

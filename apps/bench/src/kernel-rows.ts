import type { BenchResult } from "./bench-result.ts";

/** The kernels' table: name, threads, GFLOPS, share of the peak of as many threads. */
export function kernelRows({ kernels }: Pick<BenchResult, "kernels">): readonly (readonly string[])[] {
  return kernels.map(({ kernel, threads, gflops, shareOfPeak }) => [
    kernel,
    threads.toString(),
    gflops.toFixed(1),
    `${Math.round(100 * shareOfPeak)} %`,
  ]);
}

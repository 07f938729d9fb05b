import type { BenchResult } from "./bench-result.ts";
import { describeRun } from "./describe-run.ts";
import { formatBytes, tableRows } from "./table-rows.ts";
import { kernelRows } from "./kernel-rows.ts";
import { textTable } from "./text-table.ts";

/** What the terminal shows in the end. */
export function renderText(result: BenchResult): string {
  const lines = tableRows(result).map(({ part, contender, median, range, ratio, note }, index, all) => [
    all[index - 1]?.part === part ? "" : part,
    contender,
    median,
    range,
    ratio,
    note,
  ]);
  const times = textTable(["", "", "median", "min .. max", "x ours", ""], lines, new Set([2, 3, 4]));
  const contenders = textTable(
    ["", "threads", "peak memory", ""],
    result.contenders.map(({ title, threads, peakMemoryBytes, versions, problem }) => [
      title,
      threads?.toString() ?? "-",
      formatBytes(peakMemoryBytes),
      problem ?? Object.entries(versions).flat().join(" "),
    ]),
    new Set([1, 2]),
  );
  const kernels = textTable(
    ["our kernels, Deno", "threads", "GFLOPS", "of peak"],
    kernelRows(result),
    new Set([1, 2, 3]),
  );
  const parts = [
    ...(result.rows.length > 0 ? [times] : []),
    ...(result.contenders.length > 0 ? [contenders] : []),
    ...(result.kernels.length > 0 ? [kernels] : []),
  ];
  return [...describeRun(result), "", ...parts.flatMap((part) => [part, ""])].join("\n");
}

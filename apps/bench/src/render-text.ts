import type { BenchResult } from "./bench-result.ts";
import { describeRun } from "./describe-run.ts";
import { formatBytes, tableRows } from "./table-rows.ts";
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
  return [...describeRun(result), "", times, "", contenders, ""].join("\n");
}

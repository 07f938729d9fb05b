import type { BenchResult } from "./bench-result.ts";
import { describeRun } from "./describe-run.ts";
import { kernelRows } from "./kernel-rows.ts";
import { formatBytes, tableRows } from "./table-rows.ts";

/** The same for a README. */
export function renderMarkdown(result: BenchResult): string {
  const times = tableRows(result).map(({ part, contender, median, range, ratio, note }, index, all) => {
    const title = all[index - 1]?.part === part ? "" : `**${part}**`;
    return markdownRow([title, contender, median, range, ratio, note]);
  });
  const contenders = result.contenders.map(({ title, threads, peakMemoryBytes, versions, problem }) =>
    markdownRow([
      title,
      threads?.toString() ?? "-",
      formatBytes(peakMemoryBytes),
      problem ?? Object.entries(versions).flat().join(" "),
    ]),
  );
  return [
    "| work | who | median | min .. max | x ours | |",
    "| --- | --- | ---: | ---: | ---: | --- |",
    ...times,
    "",
    "| who | threads | peak memory | versions |",
    "| --- | ---: | ---: | --- |",
    ...contenders,
    "",
    ...(result.kernels.length > 0
      ? [
          "| our kernels, Deno | threads | GFLOPS | of peak |",
          "| --- | ---: | ---: | ---: |",
          ...kernelRows(result).map(markdownRow),
          "",
        ]
      : []),
    describeRun(result).join(". ") + ".",
    "",
  ].join("\n");
}

function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

import type { BenchResult } from "./bench-result.ts";
import { BUSY_WARNING, isBusy } from "./machine.ts";

/** Sentences that say where, when and on what it was measured. */
export function describeRun({
  machine,
  dataset,
  date,
  command,
  rounds,
  reportRounds,
  mode,
}: BenchResult): readonly string[] {
  const { cpu, cores, memoryBytes, platform } = machine;
  return [
    `${cores} cores of ${cpu}, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${platform}; ${date.slice(0, 10)}; ${command}`,
    `${dataset.name}: ${dataset.train} training and ${dataset.test} test images, MLP 784-100-10; medians of ${rounds} ` +
      `${rounds === 1 ? "round" : "rounds"} (the report: ${reportRounds}), contenders in turn; "x ours": the median over that of ours in Deno with all cores` +
      (mode === "quick" ? "; QUICK mode: too short to be quoted" : ""),
    ...(isBusy(machine) ? [BUSY_WARNING] : []),
    ...(dataset.warning === null ? [] : [dataset.warning]),
  ];
}

import { join } from "node:path";
import type { Dataset } from "@gambeson/datasets";
import type { Row } from "./bench-result.ts";
import { CONTENDERS } from "./contenders.ts";
import { estimateReport } from "./estimate-report.ts";
import { runReport, type ReportRun } from "./run-report.ts";
import type { Sizes } from "./sizes.ts";
import { spreadOf } from "./statistics.ts";

/**
 * Measures the whole report by the real command line, anew in every round, and sets beside it what PyTorch would take.
 *
 * @param folder For its outputs; made and used here alone.
 * @param rows Of the other parts: the estimate is made of them.
 */
export async function measureReport(
  { report, reportRounds, mode }: Sizes,
  dataset: Dataset,
  folder: string,
  {
    dataDir,
    rows,
    say,
    signal,
  }: {
    readonly dataDir: string | null;
    readonly rows: readonly Row[];
    say(what: string): void;
    readonly signal: AbortSignal;
  },
): Promise<Row[]> {
  const args = [...report, "--dataset", dataset.name];
  const runs: ReportRun[] = [];
  let problem: string | null = null;
  for (let round = 0; round < reportRounds && problem === null; round++) {
    say(`report: round ${round + 1}/${reportRounds}, gambeson run ${args.join(" ")}`);
    try {
      runs.push(await runReport(args, join(folder, String(round)), { dataDir, signal }));
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
  }
  const ours = reportRow("ours-deno", `gambeson run ${args.join(" ")}`, runs, problem);
  const estimate =
    mode === "full" ? estimateReport(rows, { train: dataset.train.count, test: dataset.test.count }) : null;
  if (estimate === null) return [ours];
  const note = "an estimate, put together from the rows of PyTorch and Foolbox";
  const theirs = reportRow("pytorch", note, [{ seconds: estimate, peakMemoryBytes: null }], null);
  const ratio = ours.spread === null ? null : estimate / ours.spread.median;
  return [ours, { ...theirs, seconds: [], ratio }];
}

function reportRow(
  contender: Row["contender"],
  note: string,
  runs: readonly ReportRun[],
  problem: string | null,
): Row {
  const seconds = runs.map((run) => run.seconds);
  const peaks = runs.map(({ peakMemoryBytes }) => peakMemoryBytes).filter((bytes) => bytes !== null);
  return {
    part: "report",
    contender,
    title: CONTENDERS[contender].title,
    seconds,
    factor: 1,
    spread: problem === null && seconds.length > 0 ? spreadOf(seconds) : null,
    ratio: problem === null ? 1 : null,
    peakMemoryBytes: peaks.length === 0 ? null : Math.max(...peaks),
    note,
    job: null,
    answer: null,
    disagreements: [],
    problem,
  };
}

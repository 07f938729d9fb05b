import type { BenchResult, Row } from "../bench-result.ts";
import { spreadOf } from "../statistics.ts";

/** A row that came out well; `seconds` are those of the part. */
export function exampleRow(changes: Partial<Row>): Row {
  const seconds = changes.seconds ?? [1];
  return {
    part: "deepfool",
    contender: "ours-deno",
    title: "ours, Deno",
    seconds,
    factor: 1,
    spread: spreadOf(seconds),
    ratio: 1,
    peakMemoryBytes: null,
    note: "",
    job: null,
    answer: null,
    disagreements: [],
    problem: null,
    ...changes,
  };
}

export function exampleResult(changes: Partial<BenchResult>): BenchResult {
  return {
    schema: 1,
    date: "2026-11-22T10:00:00.000Z",
    command: "npm run bench",
    mode: "full",
    rounds: 3,
    reportRounds: 2,
    machine: { cpu: "a CPU", cores: 2, memoryBytes: 8 * 2 ** 30, platform: "linux x86_64", loadBefore: 0 },
    dataset: { name: "Fashion-MNIST", train: 60_000, test: 10_000, warning: null },
    contenders: [
      {
        name: "ours-deno",
        title: "ours, Deno",
        versions: { deno: "2.9.6" },
        threads: 2,
        peakMemoryBytes: 1.5 * 2 ** 20,
        problem: null,
      },
      {
        name: "foolbox",
        title: "Foolbox",
        versions: {},
        threads: null,
        peakMemoryBytes: null,
        problem: "there is no python3",
      },
    ],
    rows: [exampleRow({})],
    kernels: [],
    ...changes,
  };
}

import type { ContenderName } from "./contender-names.ts";
import type { Answer, Job } from "./job.ts";
import type { KernelSpeed } from "./kernel-speed.ts";
import type { PartName } from "./part-names.ts";
import type { Spread } from "./statistics.ts";

/** bench.json: everything that was measured, and with what. */
export interface BenchResult {
  readonly schema: 1;
  /** ISO 8601, UTC. */
  readonly date: string;
  /** What to type to measure the same again. */
  readonly command: string;
  readonly mode: "full" | "quick";
  readonly rounds: number;
  /** Rounds of the report. */
  readonly reportRounds: number;
  readonly machine: Machine;
  readonly dataset: {
    readonly name: string;
    readonly train: number;
    readonly test: number;
    /** Why it is not the one wanted; null when it is. */
    readonly warning: string | null;
  };
  readonly contenders: readonly ContenderResult[];
  readonly rows: readonly Row[];
  /** Our kernels alone, in Deno; empty when they were not asked for. */
  readonly kernels: readonly KernelSpeed[];
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly platform: string;
  /** Processes that computed when the bench began, as a mean over the minute before; 0 where the system does not tell. */
  readonly loadBefore: number;
}

export interface ContenderResult {
  readonly name: ContenderName;
  readonly title: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Threads that compute; null when it did not start. */
  readonly threads: number | null;
  /** Most memory its process, or the largest of its processes, held at once; null where the system does not tell. */
  readonly peakMemoryBytes: number | null;
  /** Why it did not run to its end; null when it did. */
  readonly problem: string | null;
}

/** One contender at one part. */
export interface Row {
  readonly part: Exclude<PartName, "kernels">;
  readonly contender: ContenderName;
  readonly title: string;
  /** As measured, one a round: the job's time, in seconds. Empty for an estimate. */
  readonly seconds: readonly number[];
  /** Seconds times it are the part's time: 1 / steps for a step, more than 1 where a share of the work was measured. */
  readonly factor: number;
  /** Of the part's time, in seconds; null when there is none or the answer is wrong. */
  readonly spread: Spread | null;
  /** Median over the reference's median: above 1 it is slower. Null where one is missing. */
  readonly ratio: number | null;
  readonly peakMemoryBytes: number | null;
  readonly note: string;
  /** Null for the report. */
  readonly job: Job | null;
  /** Null for the report, and when there is none. */
  readonly answer: Answer | null;
  /** Where the answer is not the reference's to the same job. */
  readonly disagreements: readonly string[];
  /** Why there is no time; null when there is. */
  readonly problem: string | null;
}

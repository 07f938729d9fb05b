/** What a load test comes to, over all its rounds. */
export interface LoadFigures {
  /** Of a run that is watched, beside the same run alone: 0.1 is a tenth longer. */
  readonly slowdown: number;
  readonly p99DelayMs: number;
  readonly cleanUpMs: number;
  readonly mostCancelMs: number;
  readonly faults: readonly string[];
  readonly failedReads: readonly string[];
}

/** What we promise: less than this. */
export const PROMISED = {
  slowdown: 0.1,
  p99DelayMs: 1000,
  cleanUpMs: 2000,
  mostCancelMs: 2000,
} as const satisfies Partial<Record<keyof LoadFigures, number>>;

const NAMES = {
  slowdown: "the slowdown of a run that is watched",
  p99DelayMs: "the delivery of an event (p99, ms)",
  cleanUpMs: "the clean-up after clients that have gone (ms)",
  mostCancelMs: "a cancellation (ms)",
} as const satisfies Record<keyof typeof PROMISED, string>;

/** @returns A line for each promise that was not kept. */
export function missedPromises(figures: LoadFigures): string[] {
  const { faults, failedReads } = figures;
  const missed = (Object.keys(PROMISED) as (keyof typeof PROMISED)[])
    // What is no number at all was not kept either.
    .filter((name) => !(figures[name] < PROMISED[name]))
    .map(
      (name) =>
        `MISSED: ${NAMES[name]} must be less than ${PROMISED[name]}: current value is ${figures[name]}`,
    );
  return [
    ...missed,
    ...(faults.length === 0
      ? []
      : [`MISSED: every client must get every event once, in order: ${faults[0]}`]),
    ...(failedReads.length === 0 ? [] : [`MISSED: every read must be answered: ${failedReads[0]}`]),
  ];
}

import type { Row } from "./bench-result.ts";
import { compareAnswers } from "./compare-answers.ts";
import { REFERENCE } from "./contender-names.ts";
import { CONTENDERS } from "./contenders.ts";
import type { Answer, Job } from "./job.ts";
import type { PartJob } from "./part-job.ts";
import type { JobPartName } from "./part-names.ts";
import type { RunningContender } from "./running-contender.ts";
import { spreadOf } from "./statistics.ts";

/** A contender at a part, as its rounds go by. */
interface Entry extends PartJob {
  readonly contender: RunningContender;
  readonly seconds: number[];
  answer: Answer | null;
  problem: string | null;
}

/**
 * Measures a part: every contender warms up, then does it once a round, each round in another order. Then their answers are
 * checked against those of the reference to the same jobs.
 *
 * @param contenders Those that can do the part, each with its job; the reference must be among them.
 * @param restMs Milliseconds between two contenders: threads of the one before may go on spinning for a while.
 * @param testImages How many images the test set has.
 * @param say Told what is done next.
 */
export async function measurePart(
  part: JobPartName,
  contenders: readonly (PartJob & { readonly contender: RunningContender })[],
  {
    rounds,
    restMs,
    testImages,
    say,
  }: {
    readonly rounds: number;
    readonly restMs: number;
    readonly testImages: number;
    say(what: string): void;
  },
): Promise<Row[]> {
  const entries = contenders.map((one): Entry => ({ ...one, seconds: [], answer: null, problem: null }));
  for (const entry of entries) {
    say(`${part}: ${entry.contender.name} warms up`);
    await attempt(entry, () => entry.contender.run(entry.warmUp));
  }
  for (let round = 0; round < rounds; round++) {
    for (const entry of rotated(entries, round)) {
      say(`${part}: round ${round + 1}/${rounds}, ${entry.contender.name}`);
      await attempt(entry, async () => {
        await rest(restMs);
        const { seconds, answer } = await entry.contender.run(entry.job);
        entry.seconds.push(seconds);
        entry.answer = answer;
      });
    }
  }
  say(`${part}: checking answers`);
  const answers = await referenceAnswers(entries);
  return withRatios(
    entries.map((entry) => {
      const expected = answers.get(keyOf(entry.job)) ?? null;
      const counted = "order" in entry.job ? testImages : entry.job.images;
      return rowOf(part, entry, expected, counted);
    }),
  );
}

/** One that failed once is not asked again. */
async function attempt(entry: Entry, work: () => Promise<unknown>): Promise<void> {
  if (entry.problem !== null) return;
  try {
    await work();
  } catch (error) {
    entry.problem = error instanceof Error ? error.message : String(error);
  }
}

/** What the reference answers to each of the jobs that it can do; its own one it has just done. */
async function referenceAnswers(entries: readonly Entry[]): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const reference = entries.find(({ contender }) => contender.name === REFERENCE);
  if (reference === undefined || reference.answer === null) return answers;
  answers.set(keyOf(reference.job), reference.answer);
  for (const { job, answer } of entries) {
    if (answer === null || answers.has(keyOf(job))) continue;
    const reply = await reference.contender.run(job).catch(() => null);
    if (reply !== null) answers.set(keyOf(job), reply.answer);
  }
  return answers;
}

function keyOf(job: Job): string {
  return JSON.stringify(job);
}

/** @param counted How many images the answer's counts are of. */
function rowOf(part: JobPartName, entry: Entry, expected: Answer | null, counted: number): Row {
  const { contender, job, seconds, factor, note, answer, problem } = entry;
  const disagreements = answer === null || expected === null ? [] : compareAnswers(answer, expected, counted);
  const isUsable = problem === null && disagreements.length === 0 && expected !== null;
  return {
    part,
    contender: contender.name,
    title: CONTENDERS[contender.name].title,
    seconds,
    factor,
    spread: isUsable ? spreadOf(seconds.map((value) => value * factor)) : null,
    ratio: null,
    peakMemoryBytes: null,
    note,
    job,
    answer,
    disagreements,
    problem: problem ?? (expected === null ? "there is nothing to check the answer against" : null),
  };
}

function withRatios(rows: readonly Row[]): Row[] {
  const reference = rows.find(({ contender }) => contender === REFERENCE)?.spread?.median;
  return rows.map((row) => ({
    ...row,
    ratio: reference === undefined || row.spread === null ? null : row.spread.median / reference,
  }));
}

/** Lets what the process before still does (collecting garbage, spinning threads) come to its end. */
function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function rotated<T>(values: readonly T[], by: number): readonly T[] {
  const at = by % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
}

// `npm run bench`: measures our speed beside our peers'. Contenders are processes that live through the whole run and answer the
// same jobs in turn; an answer that differs from ours is an error, not a time.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dataset } from "@gambeson/datasets";
import { benchDataset } from "./bench-dataset.ts";
import type { BenchResult, Row } from "./bench-result.ts";
import { checkFolders } from "./check-folders.ts";
import type { ContenderName } from "./contender-names.ts";
import { CONTENDERS } from "./contenders.ts";
import { BUSY_WARNING, describeMachine, isBusy } from "./machine.ts";
import { measurePart } from "./measure-part.ts";
import { measureReport } from "./measure-report.ts";
import { HELP, parseOptions, type BenchOptions } from "./options.ts";
import { kernelSpeeds } from "./kernel-speed.ts";
import { isJobPart, type JobPartName } from "./part-names.ts";
import { ordersOf, partJob, WORK_OF } from "./part-job.ts";
import { prepareInputs } from "./prepare-inputs.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { renderText } from "./render-text.ts";
import { startRunning, type RunningContender } from "./running-contender.ts";
import { MOST_THREADS } from "./start-engine.ts";
import { FULL, QUICK, type Sizes } from "./sizes.ts";
import { UsageError } from "./usage-error.ts";

const EXIT = { done: 0, failed: 1, usedWrongly: 2, stopped: 130 } as const;

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => {
    stop.abort();
  });
}

try {
  const options = parseOptions(Deno.args, (name) => Deno.env.get(name));
  if (options.help) {
    console.log(HELP);
    Deno.exit(EXIT.done);
  }
  await checkFolders(options);
  const result = await bench(options);
  console.log(renderText(result));
  await writeFile(options.out, `${JSON.stringify(result, null, 2)}\n`);
  if (options.markdown !== null) await writeFile(options.markdown, renderMarkdown(result));
  // What is not there cannot fail.
  const absent = result.contenders.filter(({ threads }) => threads === null).map(({ name }) => name);
  const isFine = result.rows.every(
    ({ problem, disagreements, contender }) =>
      disagreements.length === 0 && (problem === null || absent.includes(contender)),
  );
  Deno.exit(isFine ? EXIT.done : EXIT.failed);
} catch (error) {
  if (stop.signal.aborted) {
    console.error("bench: stopped");
    Deno.exit(EXIT.stopped);
  }
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  Deno.exit(error instanceof UsageError ? EXIT.usedWrongly : EXIT.failed);
}

/** The whole run: inputs, contenders, parts. */
async function bench(options: BenchOptions): Promise<BenchResult> {
  const date = new Date().toISOString();
  const machine = describeMachine();
  if (isBusy(machine)) say(BUSY_WARNING);
  const sizes = sizesOf(options);
  const folder = await mkdtemp(join(tmpdir(), "gambeson-bench-"));
  const contenders: RunningContender[] = [];
  try {
    const dataset = await benchDataset(options.dataDir, Deno.env.get("GAMBESON_CACHE_DIR") ?? null);
    if (dataset.warning !== null) say(dataset.warning);
    const jobParts = options.only.filter(isJobPart);
    if (jobParts.length > 0) {
      const inputs = join(folder, "inputs");
      say("training the models that are attacked");
      const deviations = options.contenders.map((name) => CONTENDERS[name].deviations);
      await prepareInputs(inputs, dataset, sizes.preparation, {
        orders: ordersOf(jobParts, sizes, countsOf(dataset), deviations),
        signal: stop.signal,
      });
      say("starting the contenders");
      contenders.push(...(await startAll(options.contenders, jobParts, inputs)));
    }
    const rows = await measureParts(options, { sizes, dataset, folder, contenders });
    return {
      schema: 1,
      date,
      command: ["npm run bench", ...(Deno.args.length > 0 ? ["--", ...Deno.args] : [])].join(" "),
      mode: sizes.mode,
      rounds: sizes.rounds,
      reportRounds: sizes.reportRounds,
      machine,
      dataset: {
        name: dataset.title,
        train: dataset.train.count,
        test: dataset.test.count,
        warning: dataset.warning,
      },
      contenders: await Promise.all(contenders.map((contender) => contender.describe())),
      rows,
      kernels: await measureKernels(options),
    };
  } finally {
    await Promise.all(contenders.map((contender) => contender.close()));
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureParts(
  options: BenchOptions,
  {
    sizes,
    dataset,
    folder,
    contenders,
  }: {
    readonly sizes: Sizes;
    readonly dataset: Dataset;
    readonly folder: string;
    readonly contenders: readonly RunningContender[];
  },
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const { signal } = stop;
  for (const part of options.only) {
    if (part === "kernels") continue;
    if (part === "report") {
      const { dataDir } = options;
      const report = join(folder, "report");
      rows.push(...(await measureReport(sizes, dataset, report, { dataDir, rows, say, signal })));
    } else {
      const entries = entriesOf(part, contenders, sizes, dataset);
      const { rounds, restMs } = sizes;
      rows.push(
        ...(await measurePart(part, entries, { rounds, restMs, testImages: dataset.test.count, say })),
      );
      rows.push(...absentRows(part, contenders));
    }
    signal.throwIfAborted();
  }
  return rows;
}

/** Last, when the contenders have nothing more to do. */
async function measureKernels({ only }: BenchOptions) {
  if (!only.includes("kernels")) return [];
  say("kernels");
  return await kernelSpeeds(
    Math.min(navigator.hardwareConcurrency, MOST_THREADS),
    () => performance.now() / 1000,
  );
}

function sizesOf({ quick, rounds }: BenchOptions): Sizes {
  const sizes = quick ? QUICK : FULL;
  return rounds === null ? sizes : { ...sizes, rounds, reportRounds: rounds };
}

function countsOf({ train, test }: Dataset): { readonly train: number; readonly test: number } {
  return { train: train.count, test: test.count };
}

/** Starts those that can do one of the parts. */
async function startAll(
  names: readonly ContenderName[],
  parts: readonly JobPartName[],
  inputs: string,
): Promise<readonly RunningContender[]> {
  const needed = names.filter((name) => parts.some((part) => CONTENDERS[name].works.includes(WORK_OF[part])));
  const contenders = await Promise.all(needed.map((name) => startRunning(name, inputs, stop.signal)));
  stop.signal.throwIfAborted();
  for (const { name, problem } of contenders) if (problem !== null) say(`without ${name}: ${problem}`);
  return contenders;
}

/** The contenders that can do a part, each with its job. */
function entriesOf(
  part: JobPartName,
  contenders: readonly RunningContender[],
  sizes: Sizes,
  dataset: Dataset,
) {
  return contenders
    .filter(({ name, problem }) => problem === null && CONTENDERS[name].works.includes(WORK_OF[part]))
    .map((contender) => {
      const deviation = CONTENDERS[contender.name].deviations[part];
      return { ...partJob(part, sizes, countsOf(dataset), deviation), contender };
    });
}

/** Rows that say why a contender has no time. */
function absentRows(part: JobPartName, contenders: readonly RunningContender[]): readonly Row[] {
  return contenders
    .filter(({ name, problem }) => problem !== null && CONTENDERS[name].works.includes(WORK_OF[part]))
    .map(({ name, problem }) => ({
      ...{
        part,
        contender: name,
        title: CONTENDERS[name].title,
        seconds: [],
        factor: 1,
        spread: null,
        ratio: null,
      },
      ...{ peakMemoryBytes: null, note: "", job: null, answer: null, disagreements: [], problem },
    }));
}

function say(what: string): void {
  console.error(`bench: ${Math.round(performance.now() / 1000)} s  ${what}`);
}

import type { Result, Run, Timings } from "@gambeson/contract";
import { renderReport, type RenderedReport } from "@gambeson/report";
import { Refusal } from "../state/refusal.ts";
import { boundedCache } from "./bounded-cache.ts";
import { findRun } from "./find-run.ts";
import type { ServeContext } from "./serve-context.ts";

/** A finished run's result and report. Those of the last few runs are kept ready, and given only as long as the result's file is whole. */
export interface RunResult {
  /** What decides every word of these: the result's SHA-256 and the run's timings. */
  readonly version: string;
  /** @throws {Refusal} ARTEFACT_MISSING; the same below. */
  result(): Promise<Result>;
  /** The result as its JSON file. Borrowed. */
  file(): Promise<Uint8Array<ArrayBuffer>>;
  report(): Promise<RenderedReport>;
}

/** @throws {Refusal} RUN_NOT_FOUND, RESULT_NOT_READY. */
export type FindResult = (run: string) => RunResult;

/** Each may have tens of megabytes. */
const RESULTS_KEPT = 4;
const REPORTS_KEPT = 8;
/** The queue's own tasks: a result tells of the experiment's. */
const OWN_TASKS = ["prepare", "assemble"];

export function createRunResults(context: ServeContext): FindResult {
  const { artefacts } = context;
  const files = boundedCache<Uint8Array<ArrayBuffer>>(RESULTS_KEPT);
  const results = boundedCache<Result>(RESULTS_KEPT);
  const reports = boundedCache<RenderedReport>(REPORTS_KEPT);
  return (id) => {
    const run = finished(findRun(context, id));
    const { resultSha256 } = run;
    const version = [run.id, resultSha256, run.finishedAt].join("/");
    const file = async () => {
      await artefacts.requireWhole(resultSha256);
      return files(version, async () => withTimings(await artefacts.read(resultSha256), timingsOf(run)));
    };
    const result = async () => {
      await artefacts.requireWhole(resultSha256);
      return results(version, async () => JSON.parse(new TextDecoder().decode(await file())) as Result);
    };
    const report = async () => {
      await artefacts.requireWhole(resultSha256);
      return reports(version, async () => renderReport(await result()));
    };
    return { version, result, file, report };
  };
}

type FinishedRun = Run & { readonly resultSha256: string };

function finished(run: Run): FinishedRun {
  const { state, resultSha256 } = run;
  if (state === "finished" && resultSha256 !== null) return { ...run, resultSha256 };
  throw new Refusal(
    "RESULT_NOT_READY",
    `Cannot give the result as the run must be finished: current value is ${state}`,
  );
}

function timingsOf({ createdAt, startedAt, finishedAt, tasks }: Run): Timings {
  return {
    startedAt: startedAt ?? createdAt,
    finishedAt: finishedAt ?? createdAt,
    tasks: tasks
      .filter(({ id }) => !OWN_TASKS.includes(id))
      .map(({ id, kind, seconds, reused }) => ({ id, kind, seconds: seconds ?? 0, reused })),
  };
}

const END = new TextEncoder().encode("}")[0];

/** Results are kept without what differs from run to run; it is put in at the object's end, as text: they may be large. */
function withTimings(bytes: Uint8Array, timings: Timings): Uint8Array<ArrayBuffer> {
  if (bytes.at(-1) !== END) {
    throw new SyntaxError("Cannot add timings as the result must end in '}': current value is another end");
  }
  const tail = new TextEncoder().encode(`,"timings":${JSON.stringify(timings)}}\n`);
  const file = new Uint8Array(bytes.length - 1 + tail.length);
  file.set(bytes.subarray(0, -1));
  file.set(tail, bytes.length - 1);
  return file;
}

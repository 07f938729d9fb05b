import { LOCALE } from "@gambeson/elements/locale";
import type { Run } from "@gambeson/contract";
import { numberText } from "@gambeson/elements/numbers";
import { RUN_ACTIONS, type RunAction } from "./run-actions.ts";
import { stateText } from "./run-rows.ts";

/** What stands above a run's page. */
export interface RunHeader {
  /** "running, 45%, about 40 sec left" */
  readonly stateText: string;
  /** In [0, 1]; null for a run that is not under way. */
  readonly share: number | null;
  /** What is being done: "Training Deep Defense: epoch 3/5, loss 0.412". */
  readonly now: readonly string[];
  /** Terms and what they are: data set, seeds, times. */
  readonly facts: readonly (readonly [term: string, text: string])[];
  /** Said loudly: the numbers are not what they seem. Null where they are. */
  readonly warning: string | null;
  /** What went wrong, task by task; empty where nothing did. */
  readonly failures: readonly { readonly title: string; readonly error: string }[];
  readonly actions: readonly RunAction[];
}

export interface HeaderOptions {
  /** Of numbers and times; default: the page's. */
  readonly locale?: string;
  readonly timeZone?: string;
}

/** @param now Milliseconds since 1970. */
export function runHeader(
  run: Run,
  now: number,
  { locale = LOCALE, timeZone }: HeaderOptions = {},
): RunHeader {
  const { state } = run;
  return {
    stateText: stateText(run, now, locale),
    share: state === "running" ? run.share : null,
    now: run.tasks
      .filter((task) => task.state === "running")
      .map(({ title, note }) => (note === "" ? title : `${title}: ${note}`)),
    facts: factsOf(
      run,
      new Intl.DateTimeFormat(locale, {
        ...{ dateStyle: "medium", timeStyle: "medium" },
        ...(timeZone === undefined ? {} : { timeZone }),
      }),
    ),
    warning: warningOf(run),
    failures: failuresOf(run),
    actions: RUN_ACTIONS[state],
  };
}

/** What a config may ask for without naming a data set, until the worker has chosen. */
const WANTED: Readonly<Record<string, string>> = { auto: "Fashion-MNIST, or drawn images" };

function factsOf(run: Run, times: Intl.DateTimeFormat): RunHeader["facts"] {
  const { createdAt, startedAt, finishedAt, datasetSummary, dataset, config, environment } = run;
  const at = (instant: string) => times.format(new Date(instant));
  return [
    ["Data set", datasetSummary?.title ?? WANTED[dataset] ?? dataset],
    [config.seeds.length === 1 ? "Seed" : "Seeds", config.seeds.map((seed) => String(seed)).join(", ")],
    ["Submitted", at(createdAt)],
    ...(startedAt === null ? [] : [["Begun", at(startedAt)] as const]),
    ...(finishedAt === null ? [] : [["Ended", at(finishedAt)] as const]),
    ...(startedAt === null || finishedAt === null
      ? []
      : [["Took", `${numberText(secondsBetween(startedAt, finishedAt))} s`] as const]),
    ...(environment === null ? [] : [["Computed by", computedBy(environment)] as const]),
  ];
}

function secondsBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 100) / 10;
}

function computedBy({ version, runtime, backend }: NonNullable<Run["environment"]>): string {
  return `Gambeson ${version}, ${runtime}, ${numberText(backend.threads)} ${backend.threads === 1 ? "thread" : "threads"}`;
}

function warningOf({ datasetSummary, standIn, dataset }: Run): string | null {
  if (datasetSummary?.warning != null) return datasetSummary.warning;
  return standIn === true
    ? `Drawn images stand in for the data set wanted (${dataset}): the numbers say nothing about it.`
    : null;
}

function failuresOf({ state, tasks, error }: Run): RunHeader["failures"] {
  if (state !== "failed") return [];
  const failed = tasks.flatMap((task) =>
    task.state === "failed" ? [{ title: task.title, error: task.error ?? "" }] : [],
  );
  return failed.length > 0 ? failed : [{ title: "The run", error: error ?? "" }];
}

import { LOCALE } from "@gambeson/elements/locale";
import type { RunState, RunTask, ServerEvent } from "@gambeson/contract";
import { fourDecimalsText, numberText, percentText } from "@gambeson/elements/numbers";
import { secondsText } from "./task-graph.ts";

/** One line of a run's log. */
export interface LogLine {
  /** Of its event. */
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Where the reader is: "14:03:59". */
  readonly time: string;
  readonly text: string;
  readonly isTrouble: boolean;
}

const STATE_LINES = {
  queued: "Waiting for a worker",
  running: "A worker has taken it up",
  finished: "The run has finished",
  failed: "The run has failed",
  cancelled: "The run was cancelled",
} as const satisfies Record<RunState, string>;

/** A run's events as lines, oldest first. Progress has none. */
export function logLines(
  events: readonly ServerEvent[],
  tasks: readonly Pick<RunTask, "id" | "title">[],
  { locale = LOCALE, timeZone }: { readonly locale?: string; readonly timeZone?: string } = {},
): readonly LogLine[] {
  const time = new Intl.DateTimeFormat(locale, {
    timeStyle: "medium",
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const titles = new Map(tasks.map(({ id, title }) => [id, title]));
  let state = "";
  return events.flatMap((event, i) => {
    const text = textOf(event, { titles, state, before: events[i - 1] });
    if (event.kind === "run-changed") state = event.state;
    if (text === null) return [];
    const isTrouble =
      event.kind === "task-failed" || (event.kind === "run-changed" && event.state === "failed");
    return [{ id: event.id, at: event.at, time: time.format(new Date(event.at)), text, isTrouble }];
  });
}

interface Context {
  /** Of the run's tasks, by their ids. */
  readonly titles: ReadonlyMap<string, string>;
  /** What the run was before; "" at its beginning. */
  readonly state: string;
  /** The event before; undefined for the first. */
  readonly before: ServerEvent | undefined;
}

function textOf(event: ServerEvent, { titles, state, before }: Context): string | null {
  switch (event.kind) {
    case "run-created":
      return "Submitted";
    case "run-changed":
      return event.state === state ? changeText(event, before) : STATE_LINES[event.state];
    case "run-deleted":
      return "Deleted";
    case "task-started":
      return `${event.title}: begun${event.attempt > 1 ? `, attempt ${numberText(event.attempt)}` : ""}`;
    case "task-progress":
      return null;
    case "epoch-finished":
      return `${titles.get(event.task) ?? event.task}: ${epochText(event.metrics)}`;
    case "task-finished":
      return event.reused
        ? `${event.title}: an earlier run had done it`
        : `${event.title}: done in ${secondsText(event.seconds)}`;
    case "task-failed":
      return `${event.title}: ${event.willRetry ? "to be done again" : "failed"}: ${event.message}`;
  }
}

/** What of a run changes without its state: what its first task finds out, told right after the task, or what people write of it. */
function changeText({ id }: ServerEvent, before: ServerEvent | undefined): string {
  const isFound = before?.kind === "task-finished" && before.id === id - 1;
  return isFound ? "Data set and machine are known now" : "Name, tags or notes were changed";
}

type Metrics = Extract<ServerEvent, { kind: "epoch-finished" }>["metrics"];

function epochText({ epoch, loss, testAccuracy: { count, of } }: Metrics): string {
  return `epoch ${numberText(epoch)}, loss ${fourDecimalsText(loss)}, ${percentText(of === 0 ? 0 : count / of)} of test images right`;
}

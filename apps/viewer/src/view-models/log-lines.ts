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
  return events.flatMap((event) => {
    const text = textOf(event, titles, state);
    if (event.kind === "run-changed") state = event.state;
    if (text === null) return [];
    const isTrouble =
      event.kind === "task-failed" || (event.kind === "run-changed" && event.state === "failed");
    return [{ id: event.id, at: event.at, time: time.format(new Date(event.at)), text, isTrouble }];
  });
}

/** @param state What the run was before; "" at its beginning. */
function textOf(event: ServerEvent, titles: ReadonlyMap<string, string>, state: string): string | null {
  switch (event.kind) {
    case "run-created":
      return "Submitted";
    case "run-changed":
      return event.state === state ? "What is known of the run changed" : STATE_LINES[event.state];
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

type Metrics = Extract<ServerEvent, { kind: "epoch-finished" }>["metrics"];

function epochText({ epoch, loss, testAccuracy: { count, of } }: Metrics): string {
  return `epoch ${numberText(epoch)}, loss ${fourDecimalsText(loss)}, ${percentText(of === 0 ? 0 : count / of)} of test images right`;
}

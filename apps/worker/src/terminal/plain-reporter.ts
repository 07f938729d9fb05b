import { clock, took } from "./durations.ts";
import { followRun } from "./follow-run.ts";
import { percent } from "./progress-lines.ts";
import type { Reporter } from "./reporter.ts";

/** A task says how far it is at each quarter, but not more often than this. */
const PAUSE_MS = 5000;

/** A few lines for each task: for logs and pipes. */
export function createPlainReporter(write: (text: string) => void, now: () => number): Reporter {
  const run = followRun(now);
  let quarter = 0;
  let saidAtMs = now();

  function line(text: string): void {
    write(`${text}\n`);
    saidAtMs = now();
  }

  return {
    event: (event) => {
      const message = run.event(event);
      if (message !== null) line(message);
      if (event.kind === "task-started") {
        quarter = 0;
        saidAtMs = now();
      } else if (event.kind === "task-finished") {
        const time = event.reused ? "done before" : took(event.seconds);
        const outcome = run.outcome(event.task);
        line(
          `[${event.index + 1}/${event.of}] ${event.title}: ${time}${outcome === "" ? "" : `, ${outcome}`}`,
        );
      } else if (event.kind === "task-progress") {
        const reached = Math.floor(event.share * 4);
        const view = run.view();
        if (view === null || reached <= quarter || now() - saidAtMs < PAUSE_MS) return;
        quarter = reached;
        const left = view.runLeftMs === null ? "" : `, ${clock(view.runLeftMs)} left in all`;
        const note = event.note === "" ? "" : `, ${event.note}`;
        line(`[${view.index + 1}/${view.of}] ${view.title}: ${percent(event.share).trim()}${note}${left}`);
      }
    },
    line,
    close: () => undefined,
  };
}

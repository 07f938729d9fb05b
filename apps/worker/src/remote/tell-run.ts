import type { Run, RunTask, ServerEvent } from "@gambeson/contract";
import { printable } from "../terminal/printable.ts";
import type { Reporter } from "../terminal/reporter.ts";

/** Tells a server's events as a run here tells its own. */
export interface RunTeller {
  readonly event: (event: ServerEvent) => void;
  /** The run as it is now: its tasks may have become others. */
  readonly update: (run: Run) => void;
}

/** Begins with what the run has finished already, and what is at work. */
export function tellRun(run: Run, reporter: Reporter): RunTeller {
  let tasks = run.tasks;

  /** Position and number of tasks; null for a task that is not known yet. */
  function place(id: string): { readonly task: string; readonly index: number; readonly of: number } | null {
    const index = tasks.findIndex((task) => task.id === id);
    return index === -1 ? null : { task: id, index, of: tasks.length };
  }

  function tellTask({ id, title, state, share, seconds, reused, epochs }: RunTask): void {
    const at = place(id);
    if (at === null || (state !== "finished" && state !== "running")) return;
    const about = { ...at, title: printable(title) };
    reporter.event({ kind: "task-started", ...about, runShare: run.share });
    const metrics = epochs.at(-1);
    if (metrics !== undefined) reporter.event({ kind: "epoch-finished", task: id, metrics });
    if (state === "finished") {
      reporter.event({ kind: "task-finished", ...about, seconds: seconds ?? 0, reused, runShare: run.share });
    } else {
      reporter.event({ kind: "task-progress", task: id, share, note: "", runShare: run.share });
    }
  }

  function tell(event: ServerEvent): void {
    switch (event.kind) {
      case "task-started":
      case "task-finished": {
        const at = place(event.task);
        if (at !== null) reporter.event({ ...event, ...at, title: printable(event.title) });
        break;
      }
      case "task-progress":
        reporter.event({ ...event, note: printable(event.note) });
        break;
      case "epoch-finished":
        reporter.event(event);
        break;
      case "task-failed": {
        const next = event.willRetry ? "; another worker takes it up" : "";
        reporter.line(`✗ ${printable(event.title)} failed: ${printable(event.message)}${next}`);
        break;
      }
      case "run-created":
      case "run-changed":
      case "run-deleted":
        break;
      default:
        event satisfies never;
    }
  }

  // What is at work comes last: it is what is drawn on.
  for (const task of run.tasks.toSorted(
    (a, b) => Number(a.state === "running") - Number(b.state === "running"),
  )) {
    tellTask(task);
  }
  return {
    event: tell,
    update: (changed) => {
      tasks = changed.tasks;
    },
  };
}

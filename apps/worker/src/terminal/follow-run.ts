import type { RunEvent } from "@gambeson/experiment";
import type { ProgressView } from "./progress-lines.ts";
import { createTimeLeft, type TimeLeft } from "./time-left.ts";

interface Task {
  readonly title: string;
  readonly index: number;
  readonly of: number;
  share: number;
  note: string;
  outcome: string;
  timeLeft: TimeLeft | null;
}

/** Keeps, from the events of a run, what there is to draw at any moment. */
export function followRun(now: () => number): {
  /** @returns What people should be told at this event; null for most. */
  readonly event: (event: RunEvent) => string | null;
  /** Of the task that was last heard of; null while none is at work. */
  readonly view: () => ProgressView | null;
  /** What a task's last epoch came to, for people; "" for a task without epochs. */
  readonly outcome: (task: string) => string;
} {
  const tasks = new Map<string, Task>();
  const run = createTimeLeft(0, now());
  let current: Task | null = null;
  let runShare = 0;

  return {
    event: (event) => {
      switch (event.kind) {
        case "task-started":
          current = {
            title: event.title,
            index: event.index,
            of: event.of,
            share: 0,
            note: "",
            outcome: "",
            timeLeft: null,
          };
          tasks.set(event.task, current);
          runShare = event.runShare;
          break;
        case "task-progress": {
          const task = tasks.get(event.task);
          if (task === undefined) break;
          const isFirst = task.timeLeft === null;
          // What a task begins with came from a checkpoint.
          if (isFirst) run.skipTo(event.runShare);
          task.timeLeft ??= createTimeLeft(event.share, now());
          task.share = event.share;
          task.note = event.note;
          runShare = event.runShare;
          current = task;
          const epoch = isFirst ? (/^epoch (\d+)\//.exec(event.note)?.[1] ?? "1") : "1";
          return epoch === "1" ? null : `${task.title} goes on from epoch ${epoch}`;
        }
        case "task-finished":
          if (event.reused) run.skipTo(event.runShare);
          if (tasks.get(event.task) === current) current = null;
          runShare = event.runShare;
          break;
        case "epoch-finished": {
          const { count, of } = event.metrics.testAccuracy;
          const task = tasks.get(event.task);
          if (task !== undefined) task.outcome = `test accuracy ${((100 * count) / of).toFixed(1)} %`;
          break;
        }
        default:
          event satisfies never;
      }
      return null;
    },
    outcome: (task) => tasks.get(task)?.outcome ?? "",
    view: () => {
      if (current === null) return null;
      const { title, index, of, share, note, timeLeft } = current;
      const nowMs = now();
      const taskLeftMs = timeLeft?.at(share, nowMs) ?? null;
      return { title, index, of, share, note, runShare, taskLeftMs, runLeftMs: run.at(runShare, nowMs) };
    },
  };
}

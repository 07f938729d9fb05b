import type { EpochMetrics, Run, RunTask, ServerEvent } from "@gambeson/contract";

/**
 * A run after one more event of its own.
 *
 * @param event One that the run does not know of yet: its id is beyond `run.eventId`.
 * @returns Null where the event tells only that something changed: the run must be asked for again.
 */
export function applyEvent(run: Run, event: Exclude<ServerEvent, { kind: "run-deleted" }>): Run | null {
  switch (event.kind) {
    case "run-created":
      return run;
    case "run-changed":
      return null;
    case "task-started":
      return changed(run, event, {
        state: "running",
        attempts: event.attempt,
        startedAt: event.at,
        finishedAt: null,
        ...{ share: 0, note: "", error: null },
      });
    case "task-progress":
      return changed(run, event, { share: event.share, note: event.note });
    case "epoch-finished":
      return changed(run, event, ({ epochs }) => ({ epochs: withEpoch(epochs, event.metrics) }));
    case "task-finished":
      return changed(run, event, {
        state: "finished",
        finishedAt: event.at,
        seconds: event.seconds,
        reused: event.reused,
        ...{ share: 1, note: "", error: null },
      });
    case "task-failed":
      return event.willRetry
        ? changed(run, event, { state: "waiting", share: 0, note: "", startedAt: null, finishedAt: null })
        : withSkipped(
            changed(run, event, { state: "failed", error: event.message, note: "", finishedAt: event.at }),
          );
  }
}

type TaskEvent = Extract<ServerEvent, { readonly task: string }>;
type Changes = Partial<RunTask> | ((task: RunTask) => Partial<RunTask>);

function changed(run: Run, event: TaskEvent, changes: Changes): Run {
  return {
    ...run,
    eventId: event.id,
    share: "runShare" in event ? event.runShare : run.share,
    tasks: run.tasks.map((task) =>
      task.id === event.task
        ? { ...task, ...(typeof changes === "function" ? changes(task) : changes) }
        : task,
    ),
  };
}

/** A task that began anew tells its first epochs again: the last word on each counts. */
function withEpoch(epochs: readonly EpochMetrics[], metrics: EpochMetrics): EpochMetrics[] {
  return [...epochs.filter(({ epoch }) => epoch !== metrics.epoch), metrics].sort(
    (a, b) => a.epoch - b.epoch,
  );
}

/** What waits for a task that has failed is left out, as is what waits for that. A run's tasks stand after those they need. */
function withSkipped(run: Run): Run {
  const lost = new Set(run.tasks.filter(({ state }) => state === "failed").map(({ id }) => id));
  const tasks = run.tasks.map((task): RunTask => {
    if (task.state !== "waiting" || !task.needs.some((id) => lost.has(id))) return task;
    lost.add(task.id);
    return { ...task, state: "skipped" };
  });
  return { ...run, tasks };
}

import type { Reporter } from "./reporter.ts";

/**
 * Every event as one line of JSON, for programs; of a task's progress, the first and then one a percent at most. What people would be
 * told goes to `tell`.
 */
export function createJsonReporter(write: (text: string) => void, tell: (text: string) => void): Reporter {
  const percents = new Map<string, number>();
  return {
    event: (event) => {
      if (event.kind === "task-progress") {
        const percent = Math.floor(event.share * 100);
        if (percent <= (percents.get(event.task) ?? -1)) return;
        percents.set(event.task, percent);
      }
      write(`${JSON.stringify(event)}\n`);
    },
    line: (text) => {
      tell(`${text}\n`);
    },
    close: () => undefined,
  };
}

import type { TaskRecord } from "./store.ts";
import type { OutputOf, Task } from "./task.ts";

/** What finished tasks gave, by their ids. */
export type FinishedTasks = ReadonlyMap<string, Pick<TaskRecord, "outputs">>;

/** SHA-256 of what a finished task gave. @throws {TypeError} If it has not: the plan and the executor disagree. */
export function outputHash(finished: FinishedTasks, from: OutputOf): string {
  const hash = finished.get(from.task)?.outputs[from.output];
  if (hash !== undefined) return hash;
  throw new TypeError(
    `Cannot go on as task '${from.task}' must have given '${from.output}': current value is undefined`,
  );
}

/** SHA-256 of each of a task's inputs, by name. @throws {TypeError} As `outputHash`. */
export function inputHashes(task: Task, finished: FinishedTasks): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries<OutputOf>(task.inputs).map(([name, from]) => [name, outputHash(finished, from)]),
  );
}

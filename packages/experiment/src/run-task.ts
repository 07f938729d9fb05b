import type { TaskContext, TaskOutputs } from "./task-context.ts";
import type { Task } from "./task.ts";
import { craft } from "./tasks/craft.ts";
import { evaluate } from "./tasks/evaluate.ts";
import { findEpsilonReference } from "./tasks/find-epsilon-reference.ts";
import { pretrain } from "./tasks/pretrain.ts";
import { sample } from "./tasks/sample.ts";
import { sweep } from "./tasks/sweep.ts";
import { trainRegime } from "./tasks/train-regime.ts";

/** Runs one task. The same task, inputs, data, code and backend give the same bytes. */
export function runTask(task: Task, context: TaskContext): Promise<TaskOutputs> {
  switch (task.kind) {
    case "pretrain":
      return pretrain(task, context);
    case "craft":
      return craft(task, context);
    case "train":
      return trainRegime(task, context);
    case "evaluate":
      return evaluate(task, context);
    case "sample":
      return sample(task, context);
    case "epsilon-reference":
      return findEpsilonReference(task, context);
    case "sweep":
      return sweep(task, context);
    default:
      return task satisfies never;
  }
}

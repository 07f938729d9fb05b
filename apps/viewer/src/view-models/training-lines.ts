import type { Run } from "@gambeson/contract";
import type { TrainingLine } from "@gambeson/elements";
import { modelLabels } from "./task-graph.ts";

/** What `<gambeson-training-curves>` draws of a run under way: a line for each training task that has told an epoch, in the order of the tasks; with several seeds one a seed. */
export function trainingLines({ tasks, config }: Pick<Run, "tasks" | "config">): readonly TrainingLine[] {
  const labels = [...modelLabels(config)];
  return tasks.flatMap(({ id, epochs }) => {
    const [, seed, model = "pretrained"] = /^seed-(\d+)\/(?:pretrain|([^/]+)\/train)$/.exec(id) ?? [];
    const style = labels.findIndex(([known]) => known === model);
    if (seed === undefined || style === -1 || epochs.length === 0) return [];
    const name = labels[style]![1];
    const label = config.seeds.length === 1 ? name : `${name}, seed ${seed}`;
    return [{ id, label, model: { id: model, label: name }, style, epochs }];
  });
}

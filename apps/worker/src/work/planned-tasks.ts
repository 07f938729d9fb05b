import type { ExperimentConfig } from "@gambeson/contract";
import { plan, type SplitSizes } from "@gambeson/experiment/plan";
import type { PlannedTask } from "../state/state.ts";

/** The first task of every run: loads the data set, and finds out what the run is computed with. */
export const PREPARE = "prepare";
/** The last one: puts the result together. */
export const ASSEMBLE = "assemble";

const PREPARE_COST = 500;
const ASSEMBLE_COST = 500;
/** What costs are reckoned with until the data set is known: those of Fashion-MNIST. */
const USUAL_SIZES: SplitSizes = { train: 60_000, test: 10_000 };

/** A run's tasks as the queue knows them: the plan's, between one that prepares and one that assembles. */
export function plannedTasks(
  config: ExperimentConfig,
  sizes: SplitSizes = splitSizes(config),
): PlannedTask[] {
  const between = plan(config, sizes).map(({ id, kind, title, inputs, cost }) => ({
    id,
    kind,
    title,
    needs: [
      ...new Set([PREPARE, ...Object.values<{ readonly task: string }>(inputs).map(({ task }) => task)]),
    ],
    cost,
  }));
  return [
    { id: PREPARE, kind: PREPARE, title: "Loading the data set", needs: [], cost: PREPARE_COST },
    ...between,
    {
      id: ASSEMBLE,
      kind: ASSEMBLE,
      title: "Putting the result together",
      needs: between.map(({ id }) => id),
      cost: ASSEMBLE_COST,
    },
  ];
}

/** How many images a config takes of a data set that has so many. */
export function splitSizes({ dataset }: ExperimentConfig, whole = USUAL_SIZES): SplitSizes {
  return {
    train: Math.min(dataset.train ?? Infinity, whole.train),
    test: Math.min(dataset.test ?? Infinity, whole.test),
  };
}

import { weightCount } from "@gambeson/models";
import { scoped, tf } from "@gambeson/runtime";
import { adamStep, disposeAdam } from "./adam.ts";
import { readBatch, type Batch } from "./image-source.ts";
import type { TrainedState, TrainerFactory } from "./trainer.ts";

/** Weights times images: a quarter of a second's work of the dearest objective on two cores. */
const WORK_A_BREATH = 2e7;

/** Trains any classifier with any objective, by tensor operations: the reference. The same, fast: `kernelTrainer`. */
export const tensorTrainer: TrainerFactory = (from, source, objective, schedule) => {
  let state = copyTrained(from);

  /** One Adam step. The batch is freed, also when the objective throws. */
  const step = (batch: Batch) =>
    scoped(() => {
      try {
        const { gradients, report } = objective.differentiate(state.model, batch);
        const next = adamStep(state.model.parameters, gradients, state.adam, schedule);
        for (const tensor of [...next.parameters, ...next.state.means, ...next.state.squares])
          tf.keep(tensor);
        tf.dispose(gradients);
        return { next: { model: state.model.withParameters(next.parameters), adam: next.state }, report };
      } finally {
        batch.images.dispose();
      }
    });

  return {
    imagesABreath: WORK_A_BREATH / weightCount(from.model),
    advance: (order) => {
      const reports = [];
      for (let first = 0; first < order.length; first += schedule.batchSize) {
        const { next, report } = step(readBatch(source, order.subarray(first, first + schedule.batchSize)));
        disposeTrained(state);
        state = next;
        reports.push(report);
      }
      return reports;
    },
    current: () => state,
    dispose: () => {
      disposeTrained(state);
    },
  };
};

/** Frees parameters and moments. */
export function disposeTrained({ model, adam }: TrainedState): void {
  tf.dispose([...model.parameters]);
  disposeAdam(adam);
}

/** @returns Owned by the caller, parameters included. */
export function copyTrained({ model, adam }: TrainedState): TrainedState {
  return {
    model: model.withParameters(model.parameters.map((parameter) => parameter.clone())),
    adam: {
      steps: adam.steps,
      means: adam.means.map((mean) => mean.clone()),
      squares: adam.squares.map((square) => square.clone()),
    },
  };
}

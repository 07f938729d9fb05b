import type { EpochMetrics } from "@gambeson/contract";
import { accuracy } from "@gambeson/metrics";
import type { Classifier } from "@gambeson/models";
import {
  disposeState,
  train,
  type EpochReport,
  type ImageSource,
  type Objective,
  type TrainingHooks,
  type TrainingSchedule,
  type TrainingState,
} from "@gambeson/training";
import { predictedRows } from "../predicted-rows.ts";
import { imageSourceOf } from "../image-source-of.ts";
import type { TaskContext } from "../task-context.ts";
import { readCheckpoint, writeCheckpoint } from "../training-file.ts";

/** A training as a regime describes it. */
export interface Training {
  /** State before the first epoch. Freed by `trainModel`. */
  readonly start: TrainingState;
  readonly source: ImageSource;
  readonly objective: Objective;
  readonly schedule: TrainingSchedule;
  readonly seed: number;
  /** Names the regime's own random streams. */
  readonly name: string;
}

/**
 * Runs a training from its checkpoint or its start, keeping a checkpoint every few epochs, and tests the model after each.
 *
 * @param use Gets the trained state, which is freed after it, and the epochs' metrics.
 */
export async function trainModel<T>(
  training: Training,
  context: TaskContext,
  use: (state: TrainingState, epochs: readonly EpochMetrics[]) => T,
): Promise<T> {
  const states = [training.start];
  try {
    const resumed = context.checkpoint === null ? null : readCheckpoint(context.checkpoint);
    if (resumed !== null) states.push(resumed.state);
    const epochs = resumed?.epochs ?? [];
    const state = await train(resumed?.state ?? training.start, training.source, training.objective, {
      ...training,
      trainer: context.engine.trainer,
      ...hooks(training, epochs, context),
    });
    states.push(state);
    return use(state, epochs);
  } finally {
    for (const state of states) disposeState(state);
  }
}

/** Reports progress, and after each epoch tests the model, adds its metrics to `epochs` and keeps a checkpoint where one is due. */
function hooks({ source, schedule }: Training, epochs: EpochMetrics[], context: TaskContext): TrainingHooks {
  return {
    signal: context.signal,
    onProgress: (epoch, imagesDone, meanLoss) => {
      const share = (epoch - 1 + imagesDone / source.count) / schedule.epochs;
      const loss = Number.isNaN(meanLoss) ? "" : `, loss ${meanLoss.toFixed(3)}`;
      context.onProgress(share, `epoch ${epoch}/${schedule.epochs}${loss}`);
    },
    onEpoch: async (report, current) => {
      const metrics = await testEpoch(report, current.model, context);
      epochs.push(metrics);
      context.onEpoch(metrics);
      if (current.epoch % context.checkpointEvery === 0) {
        await context.keepCheckpoint(writeCheckpoint(current, epochs));
      }
    },
  };
}

async function testEpoch(
  { epoch, loss, correct, count, regulariser }: EpochReport,
  model: Classifier,
  { dataset, engine }: TaskContext,
): Promise<EpochMetrics> {
  // Not stopped by the signal: a second's work at most, and the epoch is not lost.
  const logits = await engine.logitsOfSet(model, imageSourceOf(dataset.test));
  return {
    epoch,
    loss,
    regulariser: regulariser?.value ?? null,
    trainAccuracy: { count: correct, of: count },
    testAccuracy: accuracy(predictedRows(logits, model.classCount), dataset.test.labels),
    capped: regulariser?.capped ?? null,
    unfooled: regulariser?.unfooled ?? null,
  };
}

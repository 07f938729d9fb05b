import type { EpochMetrics } from "@gambeson/contract";
import { predictedClasses, type Classifier } from "@gambeson/models";
import {
  disposeState,
  train,
  type EpochReport,
  type ImageSource,
  type Objective,
  type TrainingSchedule,
  type TrainingState,
} from "@gambeson/training";
import { forEachBatch } from "../batches.ts";
import { imageSourceOf } from "../image-source-of.ts";
import type { TaskContext } from "../task-context.ts";
import { readCheckpoint, writeCheckpoint } from "../training-file.ts";

/** A training as a regime describes it. */
export interface Training {
  /** State before the first epoch. Owned by whoever called for the training. */
  readonly start: TrainingState;
  readonly source: ImageSource;
  readonly objective: Objective;
  readonly schedule: TrainingSchedule;
  readonly seed: number;
  /** Names the regime's own random streams. */
  readonly name: string;
}

/**
 * Runs a training from its checkpoint or its start, keeping a checkpoint after every epoch, and tests the model after each.
 *
 * @returns The trained state, owned by the caller, and its epochs' metrics.
 */
export async function trainModel(
  training: Training,
  context: TaskContext,
): Promise<{ state: TrainingState; epochs: EpochMetrics[] }> {
  const { source, objective, schedule, seed, name } = training;
  const resumed = context.checkpoint === null ? null : readCheckpoint(context.checkpoint);
  const epochs = resumed?.epochs ?? [];
  try {
    const state = await train(resumed?.state ?? training.start, source, objective, {
      schedule,
      seed,
      name,
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
        await context.keepCheckpoint(writeCheckpoint(current, epochs));
      },
    });
    return { state, epochs };
  } finally {
    if (resumed !== null) disposeState(resumed.state);
  }
}

async function testEpoch(
  { epoch, loss, correct, count, regulariser }: EpochReport,
  model: Classifier,
  { dataset, signal }: TaskContext,
): Promise<EpochMetrics> {
  let testCorrect = 0;
  await forEachBatch(
    imageSourceOf(dataset.test),
    ({ images, labels }) => {
      predictedClasses(model, images).forEach((k, image) => (testCorrect += Number(k === labels[image])));
    },
    { signal },
  );
  return {
    epoch,
    loss,
    regulariser: regulariser?.value ?? null,
    trainAccuracy: { count: correct, of: count },
    testAccuracy: { count: testCorrect, of: dataset.test.count },
    capped: regulariser?.capped ?? null,
    unfooled: regulariser?.unfooled ?? null,
  };
}

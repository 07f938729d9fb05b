import { breathe, createRandom, shuffledIndices } from "@gambeson/runtime";
import type { AdamOptions } from "./adam.ts";
import type { ImageSource } from "./image-source.ts";
import type { Objective, RegulariserReport, StepReport } from "./objective.ts";
import { copyTrained, disposeTrained, tensorTrainer } from "./tensor-trainer.ts";
import type { TrainedState, Trainer, TrainerFactory } from "./trainer.ts";

/** Where training stands between two epochs: all that is needed to go on. */
export interface TrainingState extends TrainedState {
  /** Epochs finished, of this regime. */
  readonly epoch: number;
}

export interface TrainingSchedule extends AdamOptions {
  readonly epochs: number;
  readonly batchSize: number;
}

/** An epoch's means over its images, each seen by the model as it was at that step. */
export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean loss an image, regulariser included. */
  readonly loss: number;
  readonly correct: number;
  readonly count: number;
  /** `value` is a mean, the rest are sums; null for an objective without a regulariser. */
  readonly regulariser: RegulariserReport | null;
}

export interface TrainingHooks {
  /** Called after each epoch; the state is borrowed until the next call. The loop waits for what it returns. */
  onEpoch?(report: EpochReport, state: TrainingState): void | Promise<void>;
  /** Called every few steps with the images done in this epoch and the mean loss so far. */
  onProgress?(epoch: number, imagesDone: number, meanLoss: number): void;
  readonly signal?: AbortSignal;
}

/**
 * Goes through the source in shuffled batches, one Adam step a batch, until `schedule.epochs` epochs are done in all.
 *
 * @param from Borrowed; `from.epoch` epochs are taken as done already. The order of epoch e depends on `seed`, `name` and e
 *   alone, so going on from a saved state gives the same bytes as never having stopped.
 * @param options.trainer Who takes the steps; by default `tensorTrainer`.
 * @returns The state after the last epoch. Owned by the caller, parameters included.
 * @throws The signal's reason once it is aborted. Nothing is leaked.
 * @throws {RangeError} If the loss is no longer a finite number.
 */
export async function train(
  from: TrainingState,
  source: ImageSource,
  objective: Objective,
  options: TrainOptions,
): Promise<TrainingState> {
  const trainer = (options.trainer ?? tensorTrainer)(from, source, objective, options.schedule);
  try {
    let { epoch } = from;
    while (epoch < options.schedule.epochs) {
      epoch++;
      const report = await trainEpoch(epoch, trainer, source.count, options);
      await options.onEpoch?.(report, { epoch, ...trainer.current() });
    }
    return { epoch, ...copyTrained(trainer.current()) };
  } finally {
    trainer.dispose();
  }
}

export interface TrainOptions extends TrainingHooks {
  readonly schedule: TrainingSchedule;
  readonly seed: number;
  /** Names the random stream of the epochs' orders. */
  readonly name: string;
  readonly trainer?: TrainerFactory;
}

/** Frees a state's parameters and moments. */
export function disposeState(state: TrainingState): void {
  disposeTrained(state);
}

async function trainEpoch(
  epoch: number,
  trainer: Trainer,
  count: number,
  { schedule, seed, name, onProgress, signal }: TrainOptions,
): Promise<EpochReport> {
  const order = shuffledIndices(createRandom(seed, name, "shuffle", epoch), count);
  const reports: StepReport[] = [];
  let loss = 0;
  const imagesABreath =
    Math.max(1, Math.round(trainer.imagesABreath / schedule.batchSize)) * schedule.batchSize;
  for (let first = 0; first < count; first += imagesABreath) {
    onProgress?.(epoch, first, first === 0 ? Number.NaN : loss / first);
    await breathe(signal);
    for (const report of trainer.advance(order.subarray(first, first + imagesABreath))) {
      checkFinite(report.loss, epoch, reports.length);
      reports.push(report);
      loss += report.loss * report.count;
    }
  }
  return summarise(epoch, count, reports);
}

function summarise(epoch: number, count: number, reports: readonly StepReport[]): EpochReport {
  const sum = (number: (report: StepReport) => number) =>
    reports.reduce((total, report) => total + number(report), 0);
  const regulariser: RegulariserReport | null = reports.some((report) => report.regulariser !== null)
    ? {
        value: sum((report) => (report.regulariser?.value ?? 0) * report.count) / count,
        capped: sum((report) => report.regulariser?.capped ?? 0),
        unfooled: sum((report) => report.regulariser?.unfooled ?? 0),
      }
    : null;
  return {
    epoch,
    loss: sum((report) => report.loss * report.count) / count,
    correct: sum(({ correct }) => correct),
    count,
    regulariser,
  };
}

function checkFinite(loss: number, epoch: number, step: number): void {
  if (Number.isFinite(loss)) return;
  throw new RangeError(
    `Cannot go on training as the loss must be a finite number: current value is ${loss} at epoch ${epoch}, step ${step + 1} (a lower learning rate may help)`,
  );
}

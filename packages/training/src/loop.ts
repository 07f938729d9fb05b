import { weightCount, type Classifier } from "@gambeson/models";
import { breathe, createRandom, scoped, shuffledIndices, tf } from "@gambeson/runtime";
import { adamStep, disposeAdam, type AdamOptions, type AdamState } from "./adam.ts";
import { readBatch, type Batch, type ImageSource } from "./image-source.ts";
import type { Objective, RegulariserReport } from "./objective.ts";

/** Where training stands between two epochs: all that is needed to go on. */
export interface TrainingState {
  /** Epochs finished, of this regime. */
  readonly epoch: number;
  readonly model: Classifier;
  readonly adam: AdamState;
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

/** Weights times images between two looks at the signal: a quarter of a second's work of the dearest objective on two cores. */
const WORK_A_BREATH = 2e7;

/**
 * Goes through the source in shuffled batches, one Adam step a batch, until `schedule.epochs` epochs are done in all.
 *
 * @param from Borrowed; `from.epoch` epochs are taken as done already. The order of epoch e depends on `seed`, `name` and e
 *   alone, so going on from a saved state gives the same bytes as never having stopped.
 * @returns The state after the last epoch. Owned by the caller, parameters included.
 * @throws The signal's reason once it is aborted. Nothing is leaked.
 * @throws {RangeError} If the loss is no longer a finite number.
 */
export async function train(
  from: TrainingState,
  source: ImageSource,
  objective: Objective,
  options: {
    readonly schedule: TrainingSchedule;
    readonly seed: number;
    readonly name: string;
  } & TrainingHooks,
): Promise<TrainingState> {
  let state = copyState(from);
  try {
    while (state.epoch < options.schedule.epochs) {
      const report = await trainEpoch(state, source, objective, {
        ...options,
        onStep: (next) => {
          disposeState(state);
          state = next;
        },
      });
      state = { ...state, epoch: report.epoch };
      await options.onEpoch?.(report, state);
    }
    return state;
  } catch (error) {
    disposeState(state);
    throw error;
  }
}

/** Frees a state's parameters and moments. */
export function disposeState({ model, adam }: TrainingState): void {
  tf.dispose([...model.parameters]);
  disposeAdam(adam);
}

async function trainEpoch(
  start: TrainingState,
  source: ImageSource,
  objective: Objective,
  {
    schedule,
    seed,
    name,
    onStep,
    onProgress,
    signal,
  }: Parameters<typeof train>[3] & {
    onStep(next: TrainingState): void;
  },
): Promise<EpochReport> {
  const epoch = start.epoch + 1;
  const order = shuffledIndices(createRandom(seed, name, "shuffle", epoch), source.count);
  const sums = { loss: 0, correct: 0, regulariser: 0, capped: 0, unfooled: 0 };
  let hasRegulariser = false;
  const imagesABreath = WORK_A_BREATH / weightCount(start.model);
  let state = start;
  let breathedAt = Number.NEGATIVE_INFINITY;
  for (let first = 0; first < source.count; first += schedule.batchSize) {
    if (first - breathedAt >= imagesABreath) {
      breathedAt = first;
      onProgress?.(epoch, first, first === 0 ? Number.NaN : sums.loss / first);
      await breathe(signal);
    }
    const indices = order.subarray(first, first + schedule.batchSize);
    const { next, report } = step(state, readBatch(source, indices), objective, schedule);
    onStep(next);
    state = next;
    checkFinite(report.loss, epoch, first / schedule.batchSize);
    const count = indices.length;
    sums.loss += report.loss * count;
    sums.correct += report.correct;
    if (report.regulariser !== null) {
      hasRegulariser = true;
      sums.regulariser += report.regulariser.value * count;
      sums.capped += report.regulariser.capped;
      sums.unfooled += report.regulariser.unfooled;
    }
  }
  const { count } = source;
  return {
    epoch,
    loss: sums.loss / count,
    correct: sums.correct,
    count,
    regulariser: hasRegulariser
      ? { value: sums.regulariser / count, capped: sums.capped, unfooled: sums.unfooled }
      : null,
  };
}

/** One Adam step. The batch is freed, also when the objective throws. */
function step(state: TrainingState, batch: Batch, objective: Objective, schedule: TrainingSchedule) {
  return scoped(() => {
    try {
      const { gradients, report } = objective(state.model, batch);
      const next = adamStep(state.model.parameters, gradients, state.adam, schedule);
      for (const tensor of [...next.parameters, ...next.state.means, ...next.state.squares]) tf.keep(tensor);
      tf.dispose(gradients);
      return {
        next: { ...state, model: state.model.withParameters(next.parameters), adam: next.state },
        report,
      };
    } finally {
      batch.images.dispose();
    }
  });
}

function checkFinite(loss: number, epoch: number, step: number): void {
  if (Number.isFinite(loss)) return;
  throw new RangeError(
    `Cannot go on training as the loss must be a finite number: current value is ${loss} at epoch ${epoch}, step ${step + 1} (a lower learning rate may help)`,
  );
}

function copyState({ epoch, model, adam }: TrainingState): TrainingState {
  return {
    epoch,
    model: model.withParameters(model.parameters.map((parameter) => parameter.clone())),
    adam: {
      steps: adam.steps,
      means: adam.means.map((mean) => mean.clone()),
      squares: adam.squares.map((square) => square.clone()),
    },
  };
}

import { checkRange } from "./check-range.ts";
import { ADAM, DEEP_DEFENSE, DEEP_FOOL, IMAGE_REPORT, STEP_REPORT, TRAINING } from "./generated/layout.ts";
import type { DeepFoolWalkOptions } from "./deep-fool-survey.ts";
import type { ImageMemory } from "./image-memory.ts";
import type { MlpMemory } from "./mlp-memory.ts";
import { inRegion, type Region } from "./region.ts";
import type { Kernels } from "./start-kernels.ts";
import { checkFit } from "./survey.ts";
import { readStructure, writeStructure } from "./structure.ts";

/** Adam's settings. */
export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Deep Defense's settings: see packages/training, deep-defense.ts. */
export interface DeepDefenseSettings {
  readonly lambda: number;
  readonly c: number;
  readonly d: number;
  readonly exponentCap: number;
  readonly deepFool: DeepFoolWalkOptions;
}

export type TrainerObjective =
  | { readonly kind: "cross-entropy" }
  | { readonly kind: "deep-defense"; readonly options: DeepDefenseSettings };

/** What one step saw. */
export interface TrainerStep {
  /** Sum over the batch. */
  readonly crossEntropy: number;
  /** The regulariser's part of the loss; 0 without one. */
  readonly penalty: number;
  readonly correct: number;
  readonly capped: number;
  readonly unfooled: number;
  /** Images of the batch. */
  readonly count: number;
}

export interface Trainer {
  /**
   * Takes steps, one for each `batchSize` images of `order` (the last may be smaller).
   *
   * @param order Positions in the set.
   * @param stepsBefore Adam steps taken before, in all.
   * @throws {RangeError} If there are more steps than `maxSteps`, or a position is not in the set.
   */
  steps(order: Uint32Array, stepsBefore: number, adam: AdamSettings): TrainerStep[];
  free(): void;
}

export interface TrainerOptions {
  readonly batchSize: number;
  /** Most steps in one call. */
  readonly maxSteps: number;
  readonly objective: TrainerObjective;
}

/** The kernels' name of an objective (assembly/training.ts). */
const OBJECTIVES = { "cross-entropy": 0, "deep-defense": 1 } as const;

/**
 * Readies batches of `images` for `mlp`, which the steps change in place.
 *
 * @param mlp, images Borrowed; loaded with room for `batchSize` and, with Deep Defense, for its trail.
 * @returns Owned by the caller, who frees it.
 * @throws {RangeError} If `mlp` and `images` do not fit each other or the options, or memory is short.
 */
export function createTrainer(
  kernels: Kernels,
  mlp: MlpMemory,
  images: ImageMemory,
  { batchSize, maxSteps, objective }: TrainerOptions,
): Trainer {
  const { heap } = kernels;
  checkFit(mlp, images);
  const trail = objective.kind === "deep-defense" ? objective.options.deepFool.maxSteps : 1;
  const doing = "train";
  checkRange(batchSize <= mlp.batchSize, {
    doing,
    what: "the batch size",
    wanted: `the MLP's ${mlp.batchSize} at most`,
    value: batchSize,
  });
  checkRange(trail <= mlp.maxTrail, {
    doing,
    what: "DeepFool's most steps",
    wanted: `the MLP's ${mlp.maxTrail} at most`,
    value: trail,
  });
  return inRegion(heap, (region) => {
    const adams = region.bytes(ADAM.bytes * maxSteps);
    const reports = region.bytes(STEP_REPORT.bytes * maxSteps);
    const order = region.numbers(batchSize * maxSteps);
    const orders = {
      mlp: mlp.address,
      images: images.address,
      objective: OBJECTIVES[objective.kind],
      order,
      imageCount: 0,
      batchSize,
      adams,
      reports,
      ...batchBuffers(region, mlp, batchSize),
      ...deepDefenseBuffers(region, mlp, batchSize, objective),
    };
    const address = region.structure(TRAINING, orders);
    return {
      steps: (positions, stepsBefore, settings) => {
        const count = Math.ceil(positions.length / batchSize);
        const beyond = positions.find((position) => position >= images.count) ?? -1;
        checkRange(count <= maxSteps, {
          doing,
          what: "the number of steps",
          wanted: `${maxSteps} at most`,
          value: count,
        });
        checkRange(beyond < 0, { doing, what: "a position", wanted: `below ${images.count}`, value: beyond });
        const view = heap.view();
        heap.integers(order, positions.length).set(positions);
        for (let step = 0; step < count; step++) {
          writeStructure(
            view,
            adams + step * ADAM.bytes,
            ADAM,
            adamFactors(settings, stepsBefore + step + 1),
          );
        }
        writeStructure(view, address, TRAINING, { ...orders, imageCount: positions.length });
        mlp.prepareTraining();
        kernels.run("TRAIN", address);
        return Array.from({ length: count }, (_, step) => ({
          ...readStructure(view, reports + step * STEP_REPORT.bytes, STEP_REPORT),
          count: Math.min(batchSize, positions.length - step * batchSize),
        }));
      },
      free: region.free,
    };
  });
}

/** Both moments start at zero and are corrected for it; here in the two scalars: rate m / (sqrt(v) + epsilon'). */
function adamFactors({ learningRate, beta1, beta2, epsilon }: AdamSettings, step: number) {
  const rootOfCorrection = Math.sqrt(1 - beta2 ** step);
  return {
    beta1,
    gain1: 1 - beta1,
    beta2,
    gain2: 1 - beta2,
    rate: (learningRate * rootOfCorrection) / (1 - beta1 ** step),
    epsilon: epsilon * rootOfCorrection,
  };
}

function batchBuffers(
  region: Region,
  { padded: { inputs, width, classWidth } }: MlpMemory,
  batchSize: number,
) {
  const groups = Math.ceil(batchSize / 4);
  const rows = groups * 4;
  // Of what is packed there are two sets.
  const numbers = 2 * rows * inputs;
  return {
    packed: region.numbers(numbers),
    lists: region.numbers(numbers / 4),
    listEnds: region.numbers(2 * groups),
    squares: region.numbers(2 * rows),
    pixels: region.numbers(numbers),
    pixelLists: region.numbers(numbers / 4),
    pixelListEnds: region.numbers(inputs / 2),
    z: region.numbers(rows * width),
    a: region.numbers(rows * width),
    dz: region.numbers(rows * width),
    dlogits: region.numbers(rows * classWidth),
    imageReports: region.bytes(rows * IMAGE_REPORT.bytes),
    gradient: region.numbers(inputs * width),
  };
}

const NO_DEEP_DEFENSE = {
  ...{ deepFool: 0, deepDefense: 0, slots: 0, q: 0, t: 0, slope: 0, directions: 0, h: 0 },
  ...{ stepCounts: 0, stepTotal: 0, gramSlope: 0, gramSum: 0 },
};

function deepDefenseBuffers(
  region: Region,
  { padded: { width, classWidth } }: MlpMemory,
  batchSize: number,
  objective: TrainerObjective,
) {
  if (objective.kind === "cross-entropy") return NO_DEEP_DEFENSE;
  const { lambda, c, d, exponentCap, deepFool } = objective.options;
  const slots = deepFool.maxSteps;
  const rows = batchSize * slots;
  return {
    deepFool: region.structure(DEEP_FOOL, {
      maxSteps: deepFool.maxSteps,
      ...deepFool.factors,
      margin: deepFool.margin,
      keepsTrail: 1,
    }),
    deepDefense: region.structure(DEEP_DEFENSE, { lambda, c, d, exponentCap }),
    slots,
    q: region.numbers(rows * width),
    t: region.numbers(rows * width),
    slope: region.numbers(rows * width),
    directions: region.numbers(rows * classWidth),
    h: region.numbers(rows),
    stepCounts: region.numbers(batchSize),
    stepTotal: 0,
    gramSlope: region.numbers(width * width),
    gramSum: region.numbers(width * width),
  };
}

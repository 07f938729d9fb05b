import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import type { Job, Work } from "./job.ts";
import type { JobPartName } from "./part-names.ts";
import type { Sizes } from "./sizes.ts";
import { DEFENCE, orderFile, WEIGHTS } from "./inputs.ts";

/** Where a contender does a part differently from the rest. */
export interface Deviation {
  /** It is slow: so many images at most, and its time is extrapolated. */
  readonly images?: number;
  /** As `images`, for epsilons of each curve. */
  readonly epsilons?: number;
  /** Its DeepFool's own convention. */
  readonly deepFool?: { readonly margin?: number; readonly convention?: "after-crossing" };
  /** What a reader must know. */
  readonly note?: string;
}

/** A part as one contender does it. */
export interface PartJob {
  readonly job: Job;
  /** The same work on little data, to warm up. */
  readonly warmUp: Job;
  /** What `seconds` must be multiplied with to give the part's time. */
  readonly factor: number;
  readonly note: string;
}

/** The work that a part measures. */
export const WORK_OF: Readonly<Record<JobPartName, Work>> = {
  "training-step": "train",
  "training-epoch": "train",
  deepfool: "deepfool",
  "deep-defense": "deep-defense",
  "fgs-curves": "fgs-curves",
};

const EPSILONS = Array.from({ length: 60 }, (_, index) => (0.12 * index) / 59);
const WARM_UP_IMAGES = 640;

/**
 * @param available Images in the training and the test set.
 * @returns The part's job for a contender, with what it takes to read its time as the part's.
 */
export function partJob(
  part: JobPartName,
  sizes: Sizes,
  available: { readonly train: number; readonly test: number },
  deviation: Deviation = {},
): PartJob {
  const onTest = part === "deepfool" || part === "fgs-curves";
  const whole = onTest ? available.test : available.train;
  const images = Math.min(sizes.images[part], whole, deviation.images ?? Infinity);
  const epsilons = spread(EPSILONS, deviation.epsilons ?? EPSILONS.length);
  const notes = deviation.note === undefined ? [] : [deviation.note];
  if (part !== "training-step" && images < whole) notes.unshift(`from ${images} of ${whole} images`);
  if (part === "fgs-curves" && epsilons.length < EPSILONS.length)
    notes.unshift(`from ${epsilons.length} of ${EPSILONS.length} epsilons`);
  return {
    job: jobOf(part, images, epsilons, deviation),
    warmUp: jobOf(part, Math.min(WARM_UP_IMAGES, images), epsilons.slice(0, 2), deviation),
    factor:
      part === "training-step"
        ? 64 / images
        : (whole / images) * (part === "fgs-curves" ? EPSILONS.length / epsilons.length : 1),
    note: notes.join("; "),
  };
}

/** The numbers of training images that the parts' jobs visit, whoever does them. */
export function ordersOf(
  parts: readonly JobPartName[],
  sizes: Sizes,
  available: { readonly train: number; readonly test: number },
  deviations: readonly Readonly<Partial<Record<JobPartName, Deviation>>>[],
): ReadonlySet<number> {
  const jobs = parts.flatMap((part) =>
    deviations.flatMap((of) => {
      const { job, warmUp } = partJob(part, sizes, available, of[part]);
      return [job, warmUp];
    }),
  );
  return new Set(jobs.flatMap((job) => ("order" in job ? [job.images] : [])));
}

function jobOf(part: JobPartName, images: number, epsilons: readonly number[], { deepFool }: Deviation): Job {
  switch (part) {
    case "training-step":
    case "training-epoch":
      return {
        work: "train",
        weights: WEIGHTS.initial,
        order: orderFile(images),
        images,
        batchSize: 64,
        learningRate: 1e-3,
        test: part === "training-epoch",
      };
    case "deepfool": {
      const { maxSteps, overshoot, convention, margin } = { ...DEEP_FOOL_DEFAULTS, ...deepFool };
      return { work: "deepfool", weights: WEIGHTS.trained, images, maxSteps, overshoot, convention, margin };
    }
    case "deep-defense":
      return {
        work: "deep-defense",
        weights: WEIGHTS.trained,
        order: orderFile(images),
        images,
        batchSize: 100,
        learningRate: 5e-4,
        ...DEFENCE,
      };
    case "fgs-curves":
      return {
        work: "fgs-curves",
        weights: [WEIGHTS.early, WEIGHTS.trained, WEIGHTS.robust],
        epsilons,
        images,
      };
    default:
      return part satisfies never;
  }
}

/** So many of the values, at even distances. */
function spread(values: readonly number[], count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => values[Math.floor((index * values.length) / count)]!);
}

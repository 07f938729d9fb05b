import type { OvershootConvention } from "@gambeson/contract";

/**
 * One piece of work, the same for every contender. Files are names in the inputs folder (see `prepareInputs`): weights are
 * safetensors files, orders uint32 files of positions in the training set.
 */
export type Job = TrainJob | DeepFoolJob | DeepDefenseJob | FgsCurvesJob;

/** One pass over the first `images` training images in the given order: cross-entropy, a fresh Adam step a batch. */
export interface TrainJob {
  readonly work: "train";
  readonly weights: string;
  readonly order: string;
  readonly images: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Whether to test the trained model afterwards, untimed. */
  readonly test: boolean;
}

/** DeepFool on the first `images` test images, unclipped, away from the predicted class. */
export interface DeepFoolJob {
  readonly work: "deepfool";
  readonly weights: string;
  readonly images: number;
  readonly maxSteps: number;
  readonly overshoot: number;
  readonly convention: OvershootConvention;
  /** Length added to every step, in units of pixel intensity. */
  readonly margin: number;
}

/** As `TrainJob`, with Deep Defense's objective on benign images. */
export interface DeepDefenseJob {
  readonly work: "deep-defense";
  readonly weights: string;
  readonly order: string;
  readonly images: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly lambda: number;
  readonly c: number;
  readonly d: number;
  readonly exponentCap: number;
  readonly maxSteps: number;
  readonly overshoot: number;
}

/** Accuracy under FGS at each epsilon for each model, on the first `images` test images, unclipped. */
export interface FgsCurvesJob {
  readonly work: "fgs-curves";
  readonly weights: readonly string[];
  readonly epsilons: readonly number[];
  readonly images: number;
}

export type Work = Job["work"];

/** What came out, by name; counts of all curves stand one after the other. Compared between contenders. */
export type Answer = Readonly<Record<string, number | readonly number[]>>;

/** What a contender says of itself when it has started. */
export interface Hello {
  /** Programs and libraries, for example `{ torch: "2.13.0" }`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly threads: number;
}

/** A line to a contender. */
export type Request = { readonly do: "hello" } | { readonly do: "work"; readonly job: Job };

/** Its line back. `seconds` is the work's time alone: data in memory, answers not yet counted. */
export type Reply =
  | { readonly hello: Hello }
  | { readonly seconds: number; readonly answer: Answer }
  | { readonly error: string };

import type { JobPartName } from "./part-names.ts";
import type { Preparation } from "./prepare-inputs.ts";

/** How much of each part to do. */
export interface Sizes {
  readonly mode: "full" | "quick";
  readonly rounds: number;
  readonly reportRounds: number;
  /** Milliseconds of rest between two contenders. */
  readonly restMs: number;
  readonly images: Readonly<Record<JobPartName, number>>;
  readonly preparation: Preparation;
  /** The `report` part's own command-line arguments. */
  readonly report: readonly string[];
}

export const FULL: Sizes = {
  mode: "full",
  rounds: 5,
  reportRounds: 3,
  restMs: 400,
  images: {
    "training-step": 200 * 64,
    "training-epoch": 60_000,
    deepfool: 10_000,
    "deep-defense": 60_000,
    "fgs-curves": 10_000,
  },
  preparation: { epochs: 3, images: 60_000, defenceImages: 10_000 },
  report: ["report"],
};

/** Under a minute on two cores, peers installed. */
export const QUICK: Sizes = {
  mode: "quick",
  rounds: 2,
  reportRounds: 1,
  restMs: 50,
  images: {
    "training-step": 20 * 64,
    "training-epoch": 50 * 64,
    deepfool: 500,
    "deep-defense": 5 * 100,
    "fgs-curves": 500,
  },
  preparation: { epochs: 2, images: 6000, defenceImages: 1000 },
  report: ["quick", "--set", "dataset.train=1000", "--set", "dataset.test=500"],
};

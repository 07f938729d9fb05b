import type { ModelResult, Result, RocOfClass } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";

/** What a chart of one model shows, by hand. */
interface Hand {
  readonly label: string;
  /** Of 20 images, at epsilon 0, 0.1 and 0.2. */
  readonly correct: number[];
  readonly rho2: number;
  /** Of 20 images, in bins 0.1 wide; the last one has no end. */
  readonly counts: number[];
  /** Of class 2, of 4 positives and 10 negatives, on every set of images. */
  readonly roc: Pick<RocOfClass, "auc" | "falsePositives" | "truePositives">;
  /** Of 10 training and 20 test images, epoch by epoch. */
  readonly epochs: readonly (readonly [loss: number, train: number, test: number])[];
}

const HANDS: readonly Hand[] = [
  {
    label: "Plain",
    ...{ correct: [20, 10, 0], rho2: 0.05, counts: [15, 5, 0, 0] },
    roc: { auc: 0.9, falsePositives: [0, 0, 1, 3, 10], truePositives: [0, 2, 2, 4, 4] },
    epochs: [
      [1.5, 5, 10],
      [0.5, 9, 15],
    ],
  },
  {
    label: 'Hard <to> fool & "long to name", as names are that people give',
    ...{ correct: [19, 16, 11], rho2: 0.25, counts: [5, 5, 8, 2] },
    roc: { auc: 1, falsePositives: [0, 0, 10], truePositives: [0, 4, 4] },
    epochs: [[4, 6, 12]],
  },
];

/** Slow to invent, and the same each time. */
const EXAMPLE = exampleResult();

/** A result of two models whose every drawn number is known: Vanilla and Deep Defense with names of their own; eps_ref is 0.1. */
export function handResult(): Result {
  const [seed] = EXAMPLE.seeds;
  const models = [seed!.models[1]!, seed!.models[3]!].map((model, i) => byHand(model, HANDS[i]!));
  return { ...EXAMPLE, seeds: [{ ...seed!, epsilonReference: 0.1, models }] };
}

function byHand(model: ModelResult, { label, correct, rho2, counts, roc, epochs }: Hand): ModelResult {
  const curve = { ...roc, class: 2, positives: 4, negatives: 10 };
  const rocs = (of: readonly RocOfClass[]) => of.map((one) => (one.class === 2 ? curve : one));
  return {
    ...model,
    label,
    curve: { epsilons: [0, 0.1, 0.2], correct, of: 20 },
    robustness: {
      ...model.robustness,
      ...{ rho2, histogram: { upTo: 0.4, counts }, fooled: { count: 20, of: 20 } },
    },
    roc: {
      benign: rocs(model.roc.benign),
      transferred: rocs(model.roc.transferred),
      own: rocs(model.roc.own),
    },
    training: epochs.map(([loss, train, test], epoch) => ({
      ...{ epoch: epoch + 1, loss, regulariser: null, capped: null, unfooled: null },
      trainAccuracy: { count: train, of: 10 },
      testAccuracy: { count: test, of: 20 },
    })),
  };
}

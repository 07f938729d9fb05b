import type { Result } from "@gambeson/contract";
import { fourDecimals, grouped, statisticText } from "./format-number.ts";
import { PUBLISHED, publishedBeside } from "./published.ts";
import { summarise, type ImageSet } from "./summarise.ts";

/** What stands under a figure or over a table. "ε_ref" in its text is set with a subscript. */
export interface Caption {
  readonly title: string;
  readonly text: string;
  /** What lines and marks stand for; left out where a drawing says so itself. */
  readonly marks?: string;
}

/** On which images a ROC curve is drawn. */
export const MEASURED_ON: Readonly<Record<ImageSet, string>> = {
  benign: "Benign test images",
  transferred: "DeepFool images of the pre-trained model, shown to every model",
  own: "Each model's own DeepFool images",
};

/** The words of a result's tables and figures, the same wherever they are shown. */
export interface Captions {
  readonly robustness: Caption;
  readonly accuracy: Caption;
  readonly rho2: Caption;
  readonly samples: Caption;
  readonly training: Caption;
  readonly diagnostics: Caption;
  readonly roc: (classIndex: number) => Caption;
  readonly auc: (images: ImageSet) => Caption;
  readonly confusion: (label: string) => Caption;
}

export function captionsOf(result: Result): Captions {
  const { dataset, seeds } = result;
  const images = `${grouped(dataset.test.count)} test images`;
  const note = seedsNote(result);
  const summed = seeds.length > 1 ? `, summed over ${seeds.length} seeds` : "";
  return {
    robustness: {
      title: "Accuracy and robustness.",
      text: `${referenceSentence(result)} ${images}.${note}`,
    },
    accuracy: { title: "Accuracy under FGS.", text: accuracyText(result) },
    rho2: {
      title: "How far DeepFool must go.",
      text: "ρ₂ is the mean of |Δx| / |x| over all test images, each model attacked itself; misclassified images are counted, and images that stayed unfooled count with the perturbation reached.",
      marks: `The hills show the images one by one, each hill's dashed block all that lie further out${seeds.length > 1 ? "; error bars are one standard deviation over the seeds" : ""}.`,
    },
    samples: {
      title: "What the attacks do to an image.",
      text: seeds.length > 1 ? `Seed ${seeds[0]!.seed}.` : "",
      marks:
        "Under each picture its true class, then the predicted class with its probability. A thick frame with a cross marks a wrong answer; † an image that was wrong before the attack.",
    },
    training: {
      title: "Training curves.",
      text: "",
      marks: `Solid: test images; dashed: the images trained on.${seeds.length > 1 ? " A line a seed." : ""} The loss of Deep Defense holds its regulariser.`,
    },
    diagnostics: { title: "Diagnostics.", text: `Counts of the ${images}${summed}.` },
    roc: (k) => ({
      title: `Class ${k}${dataset.classNames[k] === undefined ? "" : `, ${dataset.classNames[k]}`}, against the rest.`,
      text: "The score is the class's softmax probability; numbers are areas under the curves. DeepFool images of the pre-trained model test transfer: only the pre-trained model meets an attack made for it.",
    }),
    auc: (set) => ({
      title: `AUC by class. ${MEASURED_ON[set]}.`,
      text: `One class against the rest, ties counted half.${note}`,
    }),
    confusion: (label) => ({ title: `${label}.`, text: `Benign test images${summed}.` }),
  };
}

/** What the ± in a table is; nothing with a single seed. */
export function seedsNote({ seeds }: Result): string {
  return seeds.length === 1 ? "" : ` Mean ± standard deviation over ${seeds.length} seeds.`;
}

function referenceSentence(result: Result): string {
  const { epsilonReference } = summarise(result);
  if (epsilonReference === null) return "There is no ε_ref above 0.";
  const published =
    publishedBeside(result).size > 0 ? ` (published: about ${PUBLISHED.epsilonReference})` : "";
  const having = result.seeds.filter((seed) => (seed.epsilonReference ?? 0) > 0).length;
  const where =
    having === result.seeds.length ? "" : `, which ${having} of ${result.seeds.length} seeds have`;
  return `ε_ref = ${statisticText(epsilonReference, fourDecimals)}${published}${where}.`;
}

function accuracyText(result: Result): string {
  if (summarise(result).epsilonReference === null) return "";
  const { model, misclassified } = result.config.evaluation.epsilonReference;
  const name = result.config.regimes.find(({ id }) => id === model)?.label ?? model;
  const over =
    result.seeds.length > 1
      ? " Lines are means over the seeds, bands go from the lowest to the highest. ε_ref is marked at its mean; the table measures each seed at its own."
      : "";
  return `One step of length ε up the loss, in every pixel. ε_ref is the smallest ε that makes ${name} misclassify ${Math.round(100 * misclassified)} % of the test images; the same ε then meets every model.${over}`;
}

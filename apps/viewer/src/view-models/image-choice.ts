import type { Result } from "@gambeson/contract";
import { numberText } from "@gambeson/elements/numbers";
import { AMPLIFY } from "@gambeson/elements/picture-bytes";
import { flag, numberIn, wholeNumber } from "../app/query-values.ts";
import type { Query } from "../app/routes.ts";

/** Which test images are shown, and how: what the address says, or what is shown where it says nothing. */
export interface ImageChoice {
  readonly seed: number;
  readonly model: string;
  /** True class; null for any. */
  readonly label: number | null;
  readonly fooled: boolean | null;
  readonly correct: boolean | null;
  /** Position in the test set from which on images are shown. */
  readonly from: number;
  readonly size: number;
  /** FGS's step. */
  readonly epsilon: number;
  readonly amplify: number;
  readonly hasDifference: boolean;
}

export const PAGE_SIZES = [12, 24, 48] as const;

/** What cannot be read counts as not said. */
export function imageChoice(query: Query, { seeds, config, dataset }: Result): ImageChoice {
  const { count, classNames } = { count: dataset.test.count, classNames: dataset.classNames };
  const seed = seeds.find((one) => String(one.seed) === query.seed) ?? seeds[0]!;
  const model = seed.models.find(({ id }) => id === query.model) ?? seed.models[0]!;
  const { samples } = config.evaluation;
  return {
    seed: seed.seed,
    model: model.id,
    label: wholeNumber(query.true, classNames.length - 1),
    fooled: flag(query.fooled),
    correct: flag(query.correct),
    from: wholeNumber(query.from, Math.max(0, count - 1)) ?? 0,
    size: PAGE_SIZES.find((size) => String(size) === query.size) ?? PAGE_SIZES[0],
    epsilon: numberIn(query.fgs, 0, mostEpsilon({ seeds, config })) ?? samples.epsilon,
    amplify: numberIn(query.amplify, AMPLIFY.least, AMPLIFY.most) ?? AMPLIFY.usual,
    hasDifference: query.difference !== "false",
  };
}

/** `from` as the address says it; null where it need not. */
export function fromText(from: number): string | null {
  return from === 0 ? null : String(from);
}

/** Up to where FGS's step can be chosen: twice eps_ref, and twice the config's own. */
export function mostEpsilon({ seeds, config }: Pick<Result, "seeds" | "config">): number {
  const references = seeds.flatMap(({ epsilonReference }) => epsilonReference ?? []);
  return Math.ceil(200 * Math.max(config.evaluation.samples.epsilon, ...references, 0.05)) / 100;
}

/** "131 of 10,000 test images: true class Shirt, fooled by DeepFool, right before it." */
export function totalSentence(
  { label, fooled, correct }: Pick<ImageChoice, "label" | "fooled" | "correct">,
  total: number,
  { test, classNames }: Pick<Result["dataset"], "test" | "classNames">,
): string {
  const conditions = [
    ...(label === null ? [] : [`true class ${classNames[label] ?? label}`]),
    ...(correct === null ? [] : [correct ? "right before any attack" : "wrong before any attack"]),
    ...(fooled === null ? [] : [fooled ? "fooled by DeepFool" : "not fooled by DeepFool"]),
  ];
  if (conditions.length === 0) return `All ${numberText(test.count)} test images.`;
  return `${numberText(total)} of ${numberText(test.count)} test images: ${conditions.join(", ")}.`;
}

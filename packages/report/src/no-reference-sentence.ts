import type { Result } from "@gambeson/contract";
import { percent } from "./format-number.ts";

/** Why there is no eps_ref above 0, and so no accuracy under FGS: either no epsilon sufficed, or none was needed. */
export function noReferenceSentence({ config, seeds }: Result): string {
  const { model, misclassified, upTo } = config.evaluation.epsilonReference;
  const name = config.regimes.find(({ id }) => id === model)?.label ?? model;
  const share = `${percent(misclassified, 0)} %`;
  const neededNone = seeds.some(({ epsilonReference }) => epsilonReference === 0);
  const noneSufficed = seeds.some(({ epsilonReference }) => epsilonReference === null);
  const reasons = [
    ...(neededNone ? [`${name} is wrong on ${share} of the test images or more before any attack`] : []),
    ...(noneSufficed ? [`No ε up to ${upTo} makes FGS fool ${name} on ${share} of the test images`] : []),
  ];
  return `${reasons.join(". With another seed: ")}, so there is no reference ε, and accuracy under FGS was not measured.`;
}

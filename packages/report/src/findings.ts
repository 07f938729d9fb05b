import { sum } from "d3-array";
import type { ModelResult, Result } from "@gambeson/contract";
import { grouped, percent } from "./format-number.ts";
import { summarise, type ModelSummary } from "./summarise.ts";

type Count = Readonly<{ count: number; of: number }>;

/** Something that a reader should know before believing a number. */
export interface Finding {
  readonly id: string;
  readonly model: string;
  readonly sentence: string;
}

/** What is said where there is no finding. */
export const NOTHING_SUSPICIOUS =
  "Nothing suspicious: gradients reach nearly every image, DeepFool fools nearly every image, and accuracy does not rise while the attack grows.";

/** A share of images above which a sentence is worth its place. */
const WORTH_SAYING = 0.01;
/** A climb of the accuracy curve above which it is no longer noise. */
const CLIMB_WORTH_SAYING = 0.005;

/** What in the diagnostics could make a model look more, or less, robust than it is. Empty when nothing does. */
export function findings(result: Result): readonly Finding[] {
  const { models } = summarise(result);
  return models.flatMap((model) => {
    const sentences = [...ofAttacks(model), ...ofTraining(model), ...ofRegime(result, model)];
    return sentences.map((sentence) => ({ id: model.id, model: model.label, sentence }));
  });
}

/** Counts of one diagnostic over all seeds. */
export function tallyOf(
  { runs }: ModelSummary,
  pick: (diagnostics: ModelResult["diagnostics"]) => Count,
): Count {
  const picked = runs.map(({ diagnostics }) => pick(diagnostics));
  return { count: sum(picked, ({ count }) => count), of: sum(picked, ({ of }) => of) };
}

/** "37 of 10,000 (0.37 %)" */
export function tallyText({ count, of }: Count): string {
  return `${grouped(count)} of ${grouped(of)} (${percent(of === 0 ? 0 : count / of)} %)`;
}

function ofAttacks(model: ModelSummary): string[] {
  const sentences: string[] = [];
  const zeroGradient = tallyOf(model, (d) => d.zeroGradient);
  if (isMany(zeroGradient)) {
    sentences.push(
      `FGS cannot move ${tallyText(zeroGradient)} images, as their loss gradient is zero. Accuracy under FGS may come from hidden gradients, not from robustness.`,
    );
  }
  const unfooled = tallyOf(model, (d) => d.unfooled);
  if (isMany(unfooled)) {
    sentences.push(
      `DeepFool ran out of steps on ${tallyText(unfooled)} images. They count in ρ₂ with the perturbation reached so far, so ρ₂ may be too small.`,
    );
  }
  const climb = Math.max(...model.runs.map(({ diagnostics }) => diagnostics.curveRises.largest));
  if (climb > CLIMB_WORTH_SAYING) {
    sentences.push(
      `Accuracy rises again by up to ${percent(climb)} points while ε grows. A stronger attack should not do better: a sign of hidden gradients.`,
    );
  }
  const blank = tallyOf(model, (d) => d.blank);
  if (blank.count > 0) {
    sentences.push(`${tallyText(blank)} images are all black. They have no ρ and are left out of ρ₂.`);
  }
  return sentences;
}

function ofTraining({ runs }: ModelSummary): string[] {
  const last = runs.flatMap(({ training }) => training.slice(-1));
  const capped = sum(last, (epoch) => epoch.capped ?? 0);
  const unfooled = sum(last, (epoch) => epoch.unfooled ?? 0);
  const of = sum(last, ({ trainAccuracy }) => trainAccuracy.of);
  const sentences: string[] = [];
  if (isMany({ count: capped, of })) {
    sentences.push(
      `In the last epoch the regulariser's exponent was capped for ${tallyText({ count: capped, of })} training images.`,
    );
  }
  if (isMany({ count: unfooled, of })) {
    sentences.push(
      `In the last epoch DeepFool left ${tallyText({ count: unfooled, of })} training images unfooled within its steps.`,
    );
  }
  return sentences;
}

function ofRegime({ config }: Result, { id }: ModelSummary): string[] {
  const regime = config.regimes.find((candidate) => candidate.id === id);
  if (regime?.kind !== "deep-defense" || regime.perturbation !== "frozen") return [];
  return [
    "Its perturbations were computed once and held constant, so the regulariser has no gradient. It is kept for comparison only.",
  ];
}

function isMany({ count, of }: Count): boolean {
  return of > 0 && count / of > WORTH_SAYING;
}

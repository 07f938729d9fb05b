import { GEOMETRIES, OVERSHOOT_CONVENTIONS, parseExperimentConfig } from "@gambeson/contract";
import type { ChosenAttack } from "@gambeson/experiment";
import { readInteger, readNumber } from "./read-number.ts";
import { UsageError } from "./usage-error.ts";

/** As the command line gives them. */
export interface AttackChoice {
  readonly attack: string;
  readonly epsilon?: string;
  readonly convention?: string;
  readonly maxSteps?: string;
  readonly overshoot?: string;
  readonly margin?: string;
  readonly geometry?: string;
  readonly target?: string;
  readonly clip?: boolean;
}

/** What is not said is as in an experiment's evaluation. */
const { deepFool: DEEP_FOOL, samples } = parseExperimentConfig({}).evaluation;
export const ATTACK_DEFAULTS = { ...DEEP_FOOL, epsilon: samples.epsilon };

/**
 * @throws {UsageError} If an option is out of range, or belongs to the other attack.
 */
export function chosenAttack(choice: AttackChoice): ChosenAttack {
  const { attack, epsilon, clip = false } = choice;
  if (attack === "fgs") {
    refuse("deepfool", choice, {
      "--convention": choice.convention,
      "--max-steps": choice.maxSteps,
      "--overshoot": choice.overshoot,
      "--margin": choice.margin,
      "--geometry": choice.geometry,
      "--target": choice.target,
    });
    return {
      kind: "fgs",
      epsilon: epsilon === undefined ? ATTACK_DEFAULTS.epsilon : readNumber("--epsilon", epsilon, 0),
      clip,
    };
  }
  refuse("fgs", choice, { "--epsilon": epsilon });
  const { maxSteps, overshoot, margin, convention, geometry, target } = choice;
  if (clip && geometry === "first-layer") {
    throw new UsageError(`Cannot clip as --geometry must be pixels for it: current value is "first-layer"`);
  }
  return {
    kind: "deepfool",
    target: target === undefined ? null : readInteger("--target", target, 0, 255),
    maxSteps: maxSteps === undefined ? DEEP_FOOL.maxSteps : readInteger("--max-steps", maxSteps, 1, 1000),
    overshoot: overshoot === undefined ? DEEP_FOOL.overshoot : readNumber("--overshoot", overshoot, 0),
    margin: margin === undefined ? DEEP_FOOL.margin : readNumber("--margin", margin, 0),
    convention: oneOf("--convention", convention ?? DEEP_FOOL.convention, OVERSHOOT_CONVENTIONS),
    geometry: oneOf("--geometry", geometry ?? DEEP_FOOL.geometry, GEOMETRIES),
    clip,
  };
}

function oneOf<const T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(
    `Cannot read ${option} as it must be one of ${known.join(", ")}: current value is "${text}"`,
  );
}

/** @throws {UsageError} If the target is no class of the data set, which is known later than the other options. */
export function checkTarget(attack: ChosenAttack, classCount: number): void {
  if (attack.kind !== "deepfool" || attack.target === null || attack.target < classCount) return;
  throw new UsageError(
    `Cannot read --target as it must be 0 to ${classCount - 1}: current value is ${attack.target}`,
  );
}

/** An option that would have no say is a misunderstanding. */
function refuse(
  needed: string,
  { attack }: AttackChoice,
  options: Readonly<Record<string, string | undefined>>,
): void {
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    throw new UsageError(
      `Cannot use ${option} as --attack must be ${needed} for it: current value is "${attack}"`,
    );
  }
}

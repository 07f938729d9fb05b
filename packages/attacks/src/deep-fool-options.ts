/**
 * Where DeepFool's overshoot acts, with r the sum of steps so far:
 * - `in-loop`: linearise and test at x + (1 + overshoot) r (LTS4's code, Foolbox, torchattacks, the report);
 * - `test-with`: linearise at x + r, test at x + (1 + overshoot) r (the official Deep Defense code);
 * - `after-crossing`: linearise and test at x + r, lengthen once at the end (the DeepFool paper, CleverHans, ART).
 * The perturbation is (1 + overshoot) r in all three.
 */
export type OvershootConvention = "in-loop" | "test-with" | "after-crossing";

export interface DeepFoolOptions {
  /** Most steps for one image, at least 1. Images unfooled after it are counted, never dropped. */
  readonly maxSteps: number;
  /** Share by which the perturbation is lengthened past the boundary (0.02 = 2 %), at least 0. */
  readonly overshoot: number;
  readonly convention: OvershootConvention;
  /**
   * Length added to every step, in units of pixel intensity, at least 0. The paper and the official Deep Defense code add nothing;
   * LTS4's code and Foolbox add 1e-4.
   */
  readonly margin: number;
  /** Keep the images it passes through in [0, 1]. Needs pixel geometry. */
  readonly clip: boolean;
  /** `auto`: the first layer's space where the model begins with a dense layer and nothing is clipped, else pixels. */
  readonly geometry: "auto" | "first-layer" | "pixels";
}

/** The report's settings at evaluation: its loop runs while iteration <= 5, which is 6 steps. */
export const DEEP_FOOL_DEFAULTS: DeepFoolOptions = {
  maxSteps: 6,
  overshoot: 0.02,
  convention: "in-loop",
  margin: 0,
  clip: false,
  geometry: "auto",
};

/**
 * @throws {RangeError} If `maxSteps`, `overshoot` or `margin` is out of range.
 * @throws {TypeError} If clipping is asked for in the first layer's space, where pixels are out of sight.
 */
export function checkDeepFoolOptions({ maxSteps, overshoot, margin, clip, geometry }: DeepFoolOptions): void {
  if (!Number.isInteger(maxSteps) || maxSteps < 1) {
    throw new RangeError(
      `Cannot run DeepFool as maxSteps must be a positive integer: current value is ${maxSteps}`,
    );
  }
  for (const [name, value] of Object.entries({ overshoot, margin })) {
    if (value >= 0 && value < Infinity) continue;
    throw new RangeError(
      `Cannot run DeepFool as ${name} must be a finite number, 0 or more: current value is ${value}`,
    );
  }
  if (clip && geometry === "first-layer") {
    throw new TypeError(
      'Cannot run DeepFool as geometry must be "pixels" when clip is true: current value is "first-layer"',
    );
  }
}

/** By how much the summed steps are lengthened where the model is linearised, where it is tested, and at the end. */
export function overshootFactors({ convention, overshoot }: DeepFoolOptions): {
  readonly linearise: number;
  readonly test: number;
  readonly final: number;
} {
  const full = 1 + overshoot;
  switch (convention) {
    case "in-loop":
      return { linearise: full, test: full, final: full };
    case "test-with":
      return { linearise: 1, test: full, final: full };
    case "after-crossing":
      return { linearise: 1, test: 1, final: full };
    default:
      return convention satisfies never;
  }
}

import type { DeepFoolSettings } from "@gambeson/contract";

/** DeepFool's settings, as a config resolves them: see the schema for what each means. */
export type DeepFoolOptions = DeepFoolSettings;

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

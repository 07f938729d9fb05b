import { readFileSync } from "node:fs";
import type { MlpSizes, ParameterArrays } from "../index.ts";
import type { Convention } from "./conventions.ts";

/** The attacks' fixtures: answers of two independent programs in float64. Their README says more. */
interface KnownAnswers {
  readonly affine: {
    readonly W: readonly (readonly number[])[];
    readonly b: readonly number[];
    readonly x: readonly number[];
    readonly logits: readonly number[];
    readonly nearestClass: number;
    readonly perturbationOvershoot002: readonly number[];
    readonly rho: number;
    readonly fgs: {
      readonly label: number;
      readonly sign: readonly number[];
      readonly flipsExactlyAtEpsilon: number;
    };
    readonly regulariser: {
      readonly lambda: number;
      readonly c: number;
      readonly d: number;
      readonly correctTerm: number;
      readonly misclassifiedTerm: number;
    };
  };
  readonly relu_2_4_3: {
    readonly W1: readonly (readonly number[])[];
    readonly b1: readonly number[];
    readonly W2: readonly (readonly number[])[];
    readonly b2: readonly number[];
    readonly x: readonly number[];
    readonly logits: readonly number[];
    readonly gradientOfRho_testWith: Readonly<Record<string, number>>;
  } & Readonly<
    Record<
      Convention,
      { readonly perturbation: readonly number[]; readonly rho: number; readonly iterations?: number }
    >
  >;
}

const file = new URL("../../../attacks/fixtures/known-answers.json", import.meta.url);
export const KNOWN = JSON.parse(readFileSync(file, "utf8")) as KnownAnswers;

/** Float32 in, float64 expected: the fixtures' README. */
export const KNOWN_TOLERANCE = 2e-5;

export interface KnownModel {
  readonly sizes: MlpSizes;
  readonly parameters: ParameterArrays;
  readonly x: Float32Array;
}

/**
 * The affine model, x W + b, with a hidden layer that is always on: z = x + 8, and 8 times the sum of W's rows taken from b. In
 * first-layer's space, a shift; its W1 is the identity, so |Dx| is the same.
 */
export function affineMlp(): KnownModel {
  const { W, b, x } = KNOWN.affine;
  const shifted = b.map((value, k) => value - 8 * (W[0]![k]! + W[1]![k]!));
  return {
    sizes: { inputs: 2, hidden: 2, classes: 3 },
    parameters: [
      Float32Array.of(1, 0, 0, 1),
      Float32Array.of(8, 8),
      Float32Array.from(W.flat()),
      Float32Array.from(shifted),
    ],
    x: Float32Array.from(x),
  };
}

export function reluMlp(): KnownModel {
  const { W1, b1, W2, b2, x } = KNOWN.relu_2_4_3;
  return {
    sizes: { inputs: 2, hidden: 4, classes: 3 },
    parameters: [W1.flat(), b1, W2.flat(), b2].map((values) =>
      Float32Array.from(values),
    ) as unknown as ParameterArrays,
    x: Float32Array.from(x),
  };
}

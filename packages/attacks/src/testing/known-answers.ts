import { readFileSync } from "node:fs";
import { mlp, type Classifier } from "@gambeson/models";
import { tf, type Tensor2D } from "@gambeson/runtime";

interface Answer {
  readonly perturbation: readonly number[];
  readonly rho: number;
  readonly iterations?: number;
}

/** fixtures/known-answers.json; its README says where it comes from. */
export interface KnownAnswers {
  readonly affine: {
    readonly W: number[][];
    readonly b: number[];
    readonly x: number[];
    readonly logits: readonly number[];
    readonly nearestClass: number;
    readonly perturbationWithoutOvershoot: readonly number[];
    readonly perturbationOvershoot002: readonly number[];
    readonly rho: number;
    readonly fgs: {
      readonly label: number;
      readonly crossEntropy: number;
      readonly gradient: readonly number[];
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
    readonly W1: number[][];
    readonly b1: number[];
    readonly W2: number[][];
    readonly b2: number[];
    readonly x: number[];
    readonly logits: readonly number[];
    readonly "in-loop": Answer;
    readonly "test-with": Answer;
    readonly "after-crossing": Answer;
    readonly gradientOfRho_testWith: Readonly<Record<string, number>>;
  };
}

export function readFixture(name: string): Buffer {
  return readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
}

export const KNOWN = JSON.parse(readFixture("known-answers.json").toString()) as KnownAnswers;

/** float32 in, float64 expected: see the fixtures' README. */
export const TOLERANCE = 2e-5;

/** The affine model of the known answers, and its point. Owned by the caller. */
export function affineModel(): { model: Classifier; x: Tensor2D } {
  return {
    model: mlp([tf.tensor2d(KNOWN.affine.W), tf.tensor1d(KNOWN.affine.b)]),
    x: tf.tensor2d([KNOWN.affine.x]),
  };
}

/** The ReLU model of the known answers, and its point. Owned by the caller. */
export function reluModel(): { model: Classifier; x: Tensor2D } {
  const { W1, b1, W2, b2, x } = KNOWN.relu_2_4_3;
  const parameters = [tf.tensor2d(W1), tf.tensor1d(b1), tf.tensor2d(W2), tf.tensor1d(b2)];
  return { model: mlp(parameters), x: tf.tensor2d([x]) };
}

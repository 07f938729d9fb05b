import type { DeepFoolWalkOptions } from "../index.ts";
import { lead, predictedClass, slopeInPixels, viewOf, type PlainMlp, type PlainView } from "./plain-mlp.ts";

/** No class to reach but any other than the first. */
export const UNTARGETED = -1;
/** Squared lengths up to it belong to dead units: such a direction gives no step. */
const NO_LENGTH = 1e-20;
const NONE = -1;

/** The classes a step goes from and to. */
export interface PlainStep {
  readonly from: number;
  readonly to: number;
}

export interface PlainWalk {
  readonly before: number;
  readonly after: number;
  readonly steps: number;
  readonly fooled: boolean;
  /** r times the final factor, `[inputs]`. */
  readonly perturbation: Float64Array;
  /** Logits of the perturbed image. */
  readonly logits: Float64Array;
  readonly path: readonly PlainStep[];
  /**
   * How near the closest decision was to falling the other way, relative to what was compared: the predicted class, the nearest
   * boundary, which units are on. Below some 1e-5, rounding to float32 may decide otherwise, and rightly so.
   */
  readonly certainty: number;
}

/** DeepFool in pixels (Moosavi-Dezfooli et al. 2016, algorithm 2), with targets as in Yan et al. 2018. */
export function plainDeepFool(
  mlp: PlainMlp,
  x: Float64Array,
  target: number,
  options: DeepFoolWalkOptions,
): PlainWalk {
  const { linearise, test, final } = options.factors;
  const path: PlainStep[] = [];
  let certainty = Infinity;
  let r: Float64Array = new Float64Array(x.length);
  const lookAt = (factor: number) => {
    const view = viewOf(mlp, moved(x, r, factor));
    certainty = Math.min(certainty, lead(view.logits) / sizeOf(view.logits), nearestKink(view));
    return view;
  };
  const before = predictedClass(lookAt(0).logits);
  let after = before;
  const isFooled = () => (target === UNTARGETED ? after !== before : after === target);
  while (path.length < options.maxSteps && !isFooled()) {
    const here = lookAt(linearise);
    const nearest = nearestClass(mlp, here, before);
    const step = target === UNTARGETED ? { from: before, to: nearest.k } : { from: after, to: target };
    if (target === UNTARGETED) certainty = Math.min(certainty, nearest.ahead);
    path.push(step);
    r = stepAlong(mlp, here, r, step, options.margin);
    after = predictedClass(lookAt(test).logits);
  }
  const { logits } = lookAt(final);
  after = predictedClass(logits);
  const perturbation = r.map((value) => value * final);
  return { before, after, steps: path.length, fooled: isFooled(), perturbation, logits, path, certainty };
}

/** |Dx| along a path that was found before: what Deep Defense differentiates. */
export function lengthAlong(
  mlp: PlainMlp,
  x: Float64Array,
  path: readonly PlainStep[],
  { factors, margin }: DeepFoolWalkOptions,
): number {
  let r: Float64Array = new Float64Array(x.length);
  for (const step of path) {
    r = stepAlong(mlp, viewOf(mlp, moved(x, r, factors.linearise)), r, step, margin);
  }
  return lengthOf(r) * factors.final;
}

export function lengthOf(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** r + (|h| / |w| + margin) w / |w|. */
function stepAlong(mlp: PlainMlp, here: PlainView, r: Float64Array, { from, to }: PlainStep, margin: number) {
  if (to === NONE) return r;
  const w = slopeInPixels(mlp, here, between(from, to, mlp.sizes.classes));
  const length = Math.sqrt(Math.max(lengthOf(w) ** 2, NO_LENGTH));
  const h = here.logits[to]! - here.logits[from]!;
  return moved(r, w, (Math.abs(h) / length + margin) / length);
}

/** l = argmin |h_k| / |w_k|, and by which part of the distance it is ahead of the next; `NONE` where no w_k has a length. */
function nearestClass(mlp: PlainMlp, here: PlainView, from: number): { k: number; ahead: number } {
  const distances = Array.from({ length: mlp.sizes.classes }, (_, k) => {
    const length = lengthOf(slopeInPixels(mlp, here, between(from, k, mlp.sizes.classes)));
    return length ** 2 > NO_LENGTH ? Math.abs(here.logits[k]! - here.logits[from]!) / length : Infinity;
  });
  const [first, second] = [...distances].sort((a, b) => a - b) as [number, number];
  if (first === Infinity) return { k: NONE, ahead: Infinity };
  return { k: distances.indexOf(first), ahead: second === Infinity ? Infinity : (second - first) / second };
}

/** Weights of the logits: 1 at the class to reach, -1 at the class to leave. */
function between(from: number, to: number, classes: number): number[] {
  return Array.from({ length: classes }, (_, k) => Number(k === to) - Number(k === from));
}

function moved(x: Float64Array, r: Float64Array, factor: number): Float64Array {
  return x.map((value, i) => value + factor * r[i]!);
}

function sizeOf(values: Float64Array): number {
  return Math.max(...values.map(Math.abs));
}

/** The smallest |z|, relative to the largest: the unit nearest to being switched. */
function nearestKink({ z }: PlainView): number {
  const sizes = z.map(Math.abs);
  return Math.min(...sizes) / Math.max(...sizes);
}

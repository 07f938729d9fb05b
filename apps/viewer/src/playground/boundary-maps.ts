import { argMax } from "@gambeson/metrics";
import type { Classifier } from "@gambeson/models";
import { scoped, tf } from "@gambeson/runtime";
import { logitsAcross } from "./logits-across.ts";
import type { BoundaryMap, MapsRequest } from "./protocol.ts";
import { dot, minus, norm, unit } from "./vector.ts";

/** Cells a side. */
const CELLS = 81;
/** The maps reach so much further than DeepFool's longest way; a third of that to the other side. */
const REACH = 1.4;
/** FGS's part across DeepFool's direction is rounding when its squared length is less. */
const LEAST_SQUARE = 1e-6;

/** Two directions of length 1 at right angles, and FGS's as a sum of them. */
interface Plane {
  readonly right: Float32Array;
  readonly up: Float32Array;
  readonly fgs: readonly [right: number, up: number];
}

/** @param signs FGS's sign on each model, `[inputSize]`. @returns The classes around an image, one map a model. */
export function boundaryMaps(
  models: readonly Classifier[],
  { pixels, walks }: MapsRequest,
  signs: readonly Float32Array[],
): readonly (BoundaryMap | null)[] {
  const length = norm(pixels);
  const ways = walks.map((states) => minus(states.at(-1) ?? pixels, pixels));
  const reach = (REACH * Math.max(...ways.map(norm))) / length;
  if (!Number.isFinite(reach) || reach === 0) return models.map(() => null);
  const square = squareTo(reach);
  const middles = middlesOfCells(square);
  return models.map((model, index) => {
    const plane = spannedBy(ways[index]!, signs[index]!);
    if (plane === null) return null;
    const { right, up, fgs } = plane;
    return {
      ...square,
      classes: classesIn(model, pixels, plane, middles),
      walk: walks[index]!.map((state) => {
        const moved = minus(state, pixels);
        return [dot(moved, right) / length, dot(moved, up) / length] as const;
      }),
      fgs,
    };
  });
}

type Square = Pick<BoundaryMap, "size" | "right" | "up">;

function squareTo(reach: number): Square {
  const side = (4 / 3) * reach;
  return { size: CELLS, right: [reach - side, reach], up: [-side / 2, side / 2] };
}

/** Where the middle of each cell lies, to the right and upwards, in shares of |x|; `[size * size, 2]`. */
function middlesOfCells({ size, right: [left, reach], up: [below] }: Square): Float32Array {
  const cell = (reach - left) / size;
  const middles = new Float32Array(2 * size * size);
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      middles[at++] = left + cell * (column + 0.5);
      middles[at++] = below + cell * (row + 0.5);
    }
  }
  return middles;
}

function spannedBy(way: Float32Array, sign: Float32Array): Plane | null {
  const right = unit(way);
  const fgs = unit(sign);
  if (right === null || fgs === null) return null;
  const along = dot(fgs, right);
  const square = 1 - along * along;
  const up = square < LEAST_SQUARE ? null : unit(fgs.map((value, i) => value - along * right[i]!));
  return up === null ? null : { right, up, fgs: [along, Math.sqrt(square)] };
}

function classesIn(
  model: Classifier,
  pixels: Float32Array,
  { right, up }: Plane,
  middles: Float32Array,
): Uint8Array {
  const length = norm(pixels);
  const directions = new Float32Array(2 * pixels.length);
  [right, up].forEach((direction, row) => {
    directions.set(
      direction.map((value) => value * length),
      row * pixels.length,
    );
  });
  const logits = scoped(() =>
    logitsAcross(model, {
      origin: tf.tensor2d(pixels, [1, pixels.length]),
      directions: tf.tensor2d(directions, [2, pixels.length]),
      coefficients: tf.tensor2d(middles, [middles.length / 2, 2]),
      clip: false,
    }),
  );
  return Uint8Array.from(argMax(logits, model.classCount));
}

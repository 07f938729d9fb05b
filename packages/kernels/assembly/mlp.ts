/**
 * A multi-layer perceptron with one hidden layer, as it lies in memory:
 *
 *     z = x W1 + b1    a = max(z, 0)    logits = a W2 + b2
 *
 * A weight lies in panels of 8 columns, `[columns / 8][rows][8]`, so that a product reads it from front to back. Padding is
 * zero and stays zero: no image reaches padded rows, and nothing flows back to padded columns.
 *
 * Bounds, for all kernels: addresses have 32 bits, so everything together stays below 4 GiB; labels are bytes; a batch has at most the
 * `batchSize` and a trail the `maxTrail` that the MLP was loaded for (src/mlp-memory.ts), which TypeScript checks, and nothing here.
 */
import { COLUMNS, ROW_BYTES } from "./tile";

@unmanaged
export class Mlp {
  /** Pixels an image, a multiple of 4. */
  inputs: i32;
  /** Hidden units, a multiple of 8. */
  width: i32;
  /** Classes as they are, and padded to a multiple of 8. */
  classes: i32;
  classWidth: i32;
  /** W1 panels `[width / 8][inputs][8]`, b1 `[width]`, W2 panels `[classWidth / 8][width][8]`, b2 `[classWidth]`, in one piece. */
  parameters: usize;
  /** Adam's moments, laid out as the parameters. */
  means: usize;
  squares: usize;
  /** Made of the parameters: W2 transposed, `[classWidth][width]`. */
  w2Transposed: usize;
  /** W2 in panels of 12, as DeepFool's walk reads it, `[ceil(classes / 12)][width][12]`, and b2 padded as much. */
  w2Walk: usize;
  b2Walk: usize;
  /** W1 transposed, in panels of 8 pixels, `[ceil(inputs / 8)][width][8]`. */
  w1Transposed: usize;
  /** The Gram matrix of the first layer, G = W1^T W1, `[width][width]`. */
  gram: usize;

  /** How far the moments lie from the parameters. */
  @inline get toMeans(): usize {
    return this.means - this.parameters;
  }
  @inline get toSquares(): usize {
    return this.squares - this.parameters;
  }
  @inline get w1(): usize {
    return this.parameters;
  }
  @inline get b1(): usize {
    return this.parameters + ((this.inputs * this.width) << 2);
  }
  @inline get w2(): usize {
    return this.b1 + (this.width << 2);
  }
  @inline get b2(): usize {
    return this.w2 + ((this.width * this.classWidth) << 2);
  }
  /** Panels of W1. */
  @inline get panels(): i32 {
    return this.width / COLUMNS;
  }
  /** Where a panel of W1 begins. */
  @inline w1Panel(panel: i32): usize {
    return this.parameters + panel * this.inputs * ROW_BYTES;
  }
  /** Bytes of a row of hidden units, and of a row of classes. */
  @inline get hiddenRow(): usize {
    return this.width << 2;
  }
  @inline get classRow(): usize {
    return this.classWidth << 2;
  }
  /** Bytes of a row of classes as the walk has it. */
  @inline get walkRow(): usize {
    return <usize>((this.classes + WALK_COLUMNS - 1) / WALK_COLUMNS) * WALK_ROW;
  }
  /** Panels of 8 pixels. */
  @inline get pixelPanels(): i32 {
    return (this.inputs + COLUMNS - 1) / COLUMNS;
  }
}

/** Columns of a panel of `w2Walk`, and bytes of one of its rows. */
export const WALK_COLUMNS = 12;
export const WALK_ROW: usize = 48;

/** W2 transposed and W2 as the walk reads it, for the hidden units [first, end). */
export function deriveW2(mlp: Mlp, first: i32, end: i32): void {
  for (let k = 0; k < mlp.classes; k++) {
    const column = mlp.w2 + (k / COLUMNS) * mlp.width * ROW_BYTES + ((k % COLUMNS) << 2);
    const walk = mlp.w2Walk + (k / WALK_COLUMNS) * mlp.width * WALK_ROW + ((k % WALK_COLUMNS) << 2);
    for (let j = first; j < end; j++) store<f32>(walk + j * WALK_ROW, load<f32>(column + j * ROW_BYTES));
  }
  for (let k = 0; k < mlp.classWidth; k++) {
    const row = mlp.w2Transposed + k * mlp.hiddenRow;
    const column = mlp.w2 + (k / COLUMNS) * mlp.width * ROW_BYTES + ((k % COLUMNS) << 2);
    for (let j = first; j < end; j++) store<f32>(row + (j << 2), load<f32>(column + j * ROW_BYTES));
  }
}

/** b2 as the walk reads it. */
export function deriveB2(mlp: Mlp): void {
  memory.copy(mlp.b2Walk, mlp.b2, mlp.classes << 2);
}

/** A panel of W1 transposed: 8 pixels from `panel * 8` on. Pixels beyond the image are zero. */
export function transposeW1(mlp: Mlp, panel: i32): void {
  for (let j = 0; j < mlp.width; j++) {
    const to = mlp.w1Transposed + (panel * mlp.width + j) * ROW_BYTES;
    const from = mlp.w1 + (j / COLUMNS) * mlp.inputs * ROW_BYTES + ((j % COLUMNS) << 2);
    for (let p = 0; p < COLUMNS; p++) {
      const pixel = panel * COLUMNS + p;
      store<f32>(to + (p << 2), pixel < mlp.inputs ? load<f32>(from + pixel * ROW_BYTES) : 0);
    }
  }
}

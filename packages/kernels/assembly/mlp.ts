/**
 * A multi-layer perceptron with one hidden layer, as it lies in memory:
 *
 *     z = x W1 + b1    a = max(z, 0)    logits = a W2 + b2
 *
 * A weight lies in panels of 12 columns, `[columns / 12][rows][12]`, so that a product reads it from front to back. Padding is
 * zero and stays zero: no image reaches padded rows, and nothing flows back to padded columns.
 */
import { COLUMNS, ROW_BYTES } from "./tile";

/** */
@unmanaged
export class Mlp {
  /** Pixels an image, a multiple of 4. */
  inputs: i32;
  /** Hidden units, a multiple of 12. */
  width: i32;
  /** Classes as they are, and padded to a multiple of 12. */
  classes: i32;
  classWidth: i32;
  /** W1 panels `[width / 12][inputs][12]`, b1 `[width]`, W2 panels `[classWidth / 12][width][12]`, b2 `[classWidth]`, in one piece. */
  parameters: usize;
  /** Adam's moments, laid out as the parameters. */
  means: usize;
  squares: usize;
  /** Made of the parameters: W2 transposed, `[classWidth][width]`. */
  w2Transposed: usize;
  /** W1 transposed, in panels of 12 pixels, `[ceil(inputs / 12)][width][12]`. */
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
  /** Panels of 12 pixels. */
  @inline get pixelPanels(): i32 {
    return (this.inputs + COLUMNS - 1) / COLUMNS;
  }
}

/** W2 transposed, for the hidden units [first, end). */
export function transposeW2(mlp: Mlp, first: i32, end: i32): void {
  for (let k = 0; k < mlp.classWidth; k++) {
    const row = mlp.w2Transposed + k * mlp.hiddenRow;
    const column = mlp.w2 + (k / COLUMNS) * mlp.width * ROW_BYTES + ((k % COLUMNS) << 2);
    for (let j = first; j < end; j++) store<f32>(row + (j << 2), load<f32>(column + j * ROW_BYTES));
  }
}

/** A panel of W1 transposed: 12 pixels from `panel * 12` on. Pixels beyond the image are zero. */
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

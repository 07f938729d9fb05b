/** The Gram matrix of the first layer. */
import { Mlp } from "./mlp";
import { COLUMNS, entry, product, ROW_BYTES, ZEROS } from "./tile";

/**
 * G = W1^T W1, `[width][width]`: every `step`th tile from `first` on. G is symmetric: tiles below the diagonal are copied.
 *
 * @param list Scratch.
 */
export function gramTiles(mlp: Mlp, list: usize, first: i32, step: i32): void {
  let end = list;
  for (let pixel = 0; pixel < mlp.inputs; pixel++) end = entry(end, pixel * ROW_BYTES);
  let tile = 0;
  for (let unit = 0; unit < mlp.width; unit += 4) {
    const a = mlp.w1Panel(unit / COLUMNS) + ((unit % COLUMNS) << 2);
    for (let panel = unit / COLUMNS; panel < mlp.panels; panel++, tile++) {
      if (tile % step != first) continue;
      const to = mlp.gram + unit * mlp.hiddenRow + panel * ROW_BYTES;
      product(list, end, a, ROW_BYTES, mlp.w1Panel(panel), to, mlp.hiddenRow, ZEROS, 0);
      mirror(mlp, unit, panel * COLUMNS);
    }
  }
}

/** Copies a tile of 4 x 8 to the other side of the diagonal. On it two tiles write the same sums, perhaps at once: the bytes are equal. */
function mirror(mlp: Mlp, unit: i32, column: i32): void {
  for (let i = unit; i < unit + 4; i++) {
    for (let j = column; j < column + COLUMNS; j++) {
      store<f32>(mlp.gram + j * mlp.hiddenRow + (i << 2), load<f32>(mlp.gram + i * mlp.hiddenRow + (j << 2)));
    }
  }
}

/** Row `row` of the sum of a matrix `[width][width]` and its transpose. */
export function mirrorSum(from: usize, to: usize, width: i32, row: i32): void {
  const bytes = width << 2;
  for (let column = 0; column < width; column++) {
    const sum = load<f32>(from + row * bytes + (column << 2)) + load<f32>(from + column * bytes + (row << 2));
    store<f32>(to + row * bytes + (column << 2), sum);
  }
}

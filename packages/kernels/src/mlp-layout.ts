/** Columns of a panel of weights. */
export const COLUMNS = 8;

/** Columns of a panel of W2 as a walk reads it. */
const WALK_COLUMNS = 12;

/** Sizes of an MLP with one hidden layer. */
export interface MlpSizes {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
}

/** The same, padded as the kernels want them. */
export interface PaddedSizes {
  /** A multiple of 4. */
  readonly inputs: number;
  /** Multiples of 8. */
  readonly width: number;
  readonly classWidth: number;
  /** Panels of 8 pixels. */
  readonly pixelPanels: number;
  /** Classes as a walk has them, a multiple of 12. */
  readonly walkWidth: number;
  /** All parameters together: W1, b1, W2, b2. */
  readonly parameterCount: number;
}

export function padded({ inputs, hidden, classes }: MlpSizes): PaddedSizes {
  const rows = roundUp(inputs, 4);
  const width = roundUp(hidden, COLUMNS);
  const classWidth = roundUp(classes, COLUMNS);
  return {
    inputs: rows,
    width,
    classWidth,
    pixelPanels: Math.ceil(rows / COLUMNS),
    walkWidth: roundUp(classes, WALK_COLUMNS),
    parameterCount: rows * width + width + width * classWidth + classWidth,
  };
}

/**
 * Parameters as classifiers have them: W1 `[inputs, hidden]`, b1 `[hidden]`, W2 `[hidden, classes]`, b2 `[classes]`, float32,
 * row-major. Adam's moments have the same shapes.
 */
export type ParameterArrays = readonly [Float32Array, Float32Array, Float32Array, Float32Array];

/** Writes parameters into `to`, `[parameterCount]`, where padding must be zero. */
export function writeParameters(parameters: ParameterArrays, sizes: MlpSizes, to: Float32Array): void {
  forEachParameter(sizes, (array, index, at) => {
    to[at] = parameters[array][index]!;
  });
}

/** Reads parameters out of `from`, `[parameterCount]`. */
export function readParameters(from: Float32Array, sizes: MlpSizes): ParameterArrays {
  const { inputs, hidden, classes } = sizes;
  const parameters: ParameterArrays = [
    new Float32Array(inputs * hidden),
    new Float32Array(hidden),
    new Float32Array(hidden * classes),
    new Float32Array(classes),
  ];
  forEachParameter(sizes, (array, index, at) => {
    parameters[array][index] = from[at]!;
  });
  return parameters;
}

/** Where each number lies: weights in panels of 8 columns, `[panels][rows][8]`, biases as they are. */
function forEachParameter(
  sizes: MlpSizes,
  visit: (array: 0 | 1 | 2 | 3, index: number, at: number) => void,
): void {
  const { inputs, width, classWidth } = padded(sizes);
  const b1 = inputs * width;
  const w2 = b1 + width;
  const b2 = w2 + width * classWidth;
  const weight = (array: 0 | 2, rows: number, columns: number, paddedRows: number, start: number) => {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const panel = Math.floor(column / COLUMNS);
        visit(
          array,
          row * columns + column,
          start + (panel * paddedRows + row) * COLUMNS + (column % COLUMNS),
        );
      }
    }
  };
  weight(0, sizes.inputs, sizes.hidden, inputs, 0);
  for (let j = 0; j < sizes.hidden; j++) visit(1, j, b1 + j);
  weight(2, sizes.hidden, sizes.classes, width, w2);
  for (let k = 0; k < sizes.classes; k++) visit(3, k, b2 + k);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

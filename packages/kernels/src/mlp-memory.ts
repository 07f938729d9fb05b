import { checkRange } from "./check-range.ts";
import { MLP, PENALTY, SCRATCH, STEP_ROWS, WALK } from "./generated/layout.ts";
import {
  COLUMNS,
  padded,
  readParameters,
  writeParameters,
  type MlpSizes,
  type PaddedSizes,
  type ParameterArrays,
} from "./mlp-layout.ts";
import { inRegion, type Region } from "./region.ts";
import type { Kernels } from "./start-kernels.ts";

/** An MLP with one hidden layer in the kernels' memory, with Adam's moments and room for every thread to work on it. */
export interface MlpMemory {
  /** Address of the structure. */
  readonly address: number;
  readonly sizes: MlpSizes;
  readonly padded: PaddedSizes;
  /** Most images of a batch, and most steps of a walk whose trail is kept. */
  readonly batchSize: number;
  readonly maxTrail: number;
  /** Copies of what is there now. */
  parameters(): ParameterArrays;
  means(): ParameterArrays;
  squares(): ParameterArrays;
  /** Makes this MLP the one that the threads' scratch fits, to be trained: what is made of its parameters is stale from now on. */
  prepareTraining(): void;
  /** The same, to be asked: what is made of its parameters is made anew if it is stale. */
  prepareSurvey(): void;
  free(): void;
}

export interface MlpStart {
  readonly parameters: ParameterArrays;
  /** Adam's moments; zero if absent. */
  readonly means?: ParameterArrays;
  readonly squares?: ParameterArrays;
  /** Most steps of a walk whose trail is kept: for Deep Defense. */
  readonly maxTrail?: number;
  /** Most images of a batch. */
  readonly batchSize?: number;
}

/** Bytes of a step's header in a trail (assembly/deep-fool.ts). */
const STEP_HEADER = 64;

/**
 * Copies an MLP to the kernels.
 *
 * @returns Owned by the caller, who frees it.
 * @throws {RangeError} If the parameters do not have the sizes, or memory is short.
 */
export function loadMlpMemory(kernels: Kernels, sizes: MlpSizes, start: MlpStart): MlpMemory {
  const { heap } = kernels;
  const { batchSize = 1, maxTrail = 1 } = start;
  for (const values of [start.parameters, start.means, start.squares])
    if (values) checkLengths(values, sizes);
  const shape = padded(sizes);
  const { inputs, width, classWidth, pixelPanels, walkWidth, parameterCount } = shape;
  return inRegion(heap, (region) => {
    const block = (values: ParameterArrays | undefined) => {
      const address = region.numbers(parameterCount);
      if (values !== undefined) writeParameters(values, sizes, heap.floats(address, parameterCount));
      return address;
    };
    const at = {
      parameters: block(start.parameters),
      means: block(start.means),
      squares: block(start.squares),
    };
    const address = region.structure(MLP, {
      inputs,
      width,
      classes: sizes.classes,
      classWidth,
      ...at,
      w2Transposed: region.numbers(classWidth * width),
      w2Walk: region.numbers(walkWidth * width),
      b2Walk: region.numbers(walkWidth),
      w1Transposed: region.numbers(pixelPanels * COLUMNS * width),
      gram: region.numbers(width * width),
    });
    const scratch = Array.from({ length: kernels.threads }, () =>
      allocateScratch(region, shape, maxTrail, batchSize),
    );
    let isStale = true;
    const derive = () => {
      kernels.placeScratch(scratch);
      if (isStale) kernels.run("DERIVE", address);
      isStale = false;
    };
    // Training keeps W2 transposed as it goes, and needs it from the start.
    derive();
    const read = (from: number) => readParameters(heap.floats(from, parameterCount), sizes);
    return {
      address,
      sizes,
      padded: shape,
      batchSize,
      maxTrail,
      parameters: () => read(at.parameters),
      means: () => read(at.means),
      squares: () => read(at.squares),
      prepareTraining: () => {
        kernels.placeScratch(scratch);
        isStale = true;
      },
      prepareSurvey: derive,
      free: region.free,
    };
  });
}

function checkLengths(values: ParameterArrays, { inputs, hidden, classes }: MlpSizes): void {
  const wanted = [inputs * hidden, hidden, hidden * classes, classes].join(", ");
  const value = values.map(({ length }) => length).join(", ");
  checkRange(value === wanted, { doing: "load an MLP", what: "its arrays' lengths", wanted, value });
}

function allocateScratch(
  region: Region,
  { inputs, width, classWidth, pixelPanels, walkWidth }: PaddedSizes,
  maxTrail: number,
  batchSize: number,
): number {
  const row = () => region.numbers(width);
  // The longest list: an image's pixels, a batch's images or their steps, or the units and classes.
  const entries = Math.max(inputs, batchSize * maxTrail, batchSize + 3, width + classWidth);
  return region.structure(SCRATCH, {
    list: region.numbers(entries),
    group: region.numbers(4),
    packed: region.numbers(inputs * 4),
    packedList: region.numbers(inputs),
    z: region.numbers(4 * width),
    a: region.numbers(4 * width),
    aTransposed: region.numbers(4 * width),
    dz: region.numbers(4 * width),
    dzTransposed: region.numbers(4 * width),
    logits: region.numbers(4 * classWidth),
    logitsTransposed: region.numbers(4 * classWidth),
    pixels: region.numbers(4 * COLUMNS * pixelPanels),
    signs: region.numbers(4 * inputs),
    weights: region.numbers(4 * width),
    gradient: region.numbers(4 * COLUMNS),
    row: region.numbers(Math.max(width, classWidth)),
    walk: region.structure(WALK, {
      point: row(),
      logits: region.numbers(walkWidth),
      u: row(),
      d: row(),
      units: region.numbers(width + 4),
      unitCount: 0,
      slopes: region.numbers((width + 4) * 12),
      squares: region.numbers(walkWidth),
      trail: region.bytes(maxTrail * (STEP_HEADER + 4 * 4 * width)),
      before: 0,
      after: 0,
      steps: 0,
      fooled: 0,
    }),
    rows: region.structure(STEP_ROWS, { q: 0, t: 0, slope: 0, directions: 0, h: 0 }),
    penalty: region.structure(PENALTY, { value: 0, slope: 0, isCapped: 0 }),
  });
}

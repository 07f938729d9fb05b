import type { ImageArrays, MlpSizes, ParameterArrays } from "../index.ts";
import { plainMlp, type PlainMlp } from "./plain-mlp.ts";
import { seededRandom } from "./seeded-random.ts";

export interface CaseOptions {
  readonly sizes: MlpSizes;
  readonly count: number;
  readonly seed: number;
  readonly pixels?: "uint8" | "float32";
}

/** An MLP and images, for the kernels and for the plain version. */
export interface RandomCase {
  readonly sizes: MlpSizes;
  readonly parameters: ParameterArrays;
  readonly images: ImageArrays;
  readonly plain: PlainMlp;
  /** The images as the kernels see them: uint8 as float32 of value / 255. */
  readonly rows: readonly Float64Array[];
  /** 0 to count - 1. */
  readonly order: Uint32Array;
}

/** Weights of a size at which units are on and off and DeepFool takes several steps; images with blank parts, as real ones have. */
export function randomCase({ sizes, count, seed, pixels = "uint8" }: CaseOptions): RandomCase {
  const { inputs, hidden, classes } = sizes;
  const random = seededRandom(seed);
  const spread = (length: number, width: number) =>
    Float32Array.from({ length }, () => (2 * random() - 1) * width);
  const parameters: ParameterArrays = [
    spread(inputs * hidden, 3 / Math.sqrt(inputs)),
    spread(hidden, 0.4),
    spread(hidden * classes, 2 / Math.sqrt(hidden)),
    spread(classes, 0.4),
  ];
  const bytes = blankedBytes(random, count, inputs);
  const intensities = Float32Array.from(bytes, (value) => value / 255);
  const images: ImageArrays = {
    count,
    imageSize: inputs,
    labels: Uint8Array.from({ length: count }, () => Math.floor(random() * classes)),
    pixels: pixels === "uint8" ? bytes : intensities,
  };
  return {
    sizes,
    parameters,
    images,
    plain: plainMlp(sizes, parameters),
    rows: Array.from({ length: count }, (_, image) =>
      Float64Array.from(intensities.subarray(image * inputs, (image + 1) * inputs)),
    ),
    order: Uint32Array.from({ length: count }, (_, image) => image),
  };
}

/** Half of the bytes are 0, one by one and in runs that all images share; the others are 1 to 255. */
function blankedBytes(random: () => number, count: number, inputs: number): Uint8Array {
  const isBlank = Array.from({ length: Math.ceil(inputs / 8) }, () => random() < 0.25);
  return Uint8Array.from({ length: count * inputs }, (_, index) => {
    const isDark = random() < 0.3 || (inputs > 8 && isBlank[Math.floor((index % inputs) / 8)]);
    return isDark ? 0 : 1 + Math.floor(random() * 255);
  });
}

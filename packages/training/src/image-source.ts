import { tf, type Tensor2D } from "@gambeson/runtime";

/** Images to train on, wherever they lie. */
export interface ImageSource {
  readonly count: number;
  /** Pixels an image. */
  readonly imageSize: number;
  /** True classes, `[count]`. */
  readonly labels: Uint8Array;
  /** uint8 0..255 (read as value / 255) or float32 as they are; `[count, imageSize]`, row-major. */
  readonly pixels: Uint8Array | Float32Array;
}

/** Some of a source's images, in a given order. */
export interface Batch {
  /** float32 `[batch, imageSize]`; uint8 sources in [0, 1]. Owned by whoever asked for the batch. */
  readonly images: Tensor2D;
  /** True classes, `[batch]`. */
  readonly labels: Int32Array;
  /** Positions in the source, `[batch]`. */
  readonly indices: Uint32Array;
}

/** value / 255, rounded once to float32. */
const INTENSITY = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/** Gathers the images at `indices`. */
export function readBatch(source: ImageSource, indices: Uint32Array): Batch {
  const { imageSize, pixels } = source;
  const values = new Float32Array(indices.length * imageSize);
  if (pixels instanceof Float32Array) {
    indices.forEach((index, row) => {
      values.set(pixels.subarray(index * imageSize, (index + 1) * imageSize), row * imageSize);
    });
  } else {
    for (let row = 0, to = 0; row < indices.length; row++) {
      let from = indices[row]! * imageSize;
      for (const end = from + imageSize; from < end; from++, to++) values[to] = INTENSITY[pixels[from]!]!;
    }
  }
  return {
    images: tf.tensor2d(values, [indices.length, imageSize]),
    labels: Int32Array.from(indices, (index) => source.labels[index]!),
    indices,
  };
}

/** Grey images of one size with their classes. */
export interface ImageSet {
  /** uint8 `[count, height, width]`, row-major, 0 (background) to 255. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** uint8 `[count]`, each in `[0, classCount)`. */
  readonly labels: Uint8Array<ArrayBuffer>;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/**
 * The first `count` images of `set`, or all where it has fewer or `count` is null: views, nothing is copied. Whatever else
 * `set` carries stays as it is; so a split's checksums go on naming the whole files.
 *
 * @throws {RangeError} If `count` is not a positive integer or null.
 */
export function firstImages<S extends ImageSet>(set: S, count: number | null): S {
  if (count !== null && !(Number.isInteger(count) && count > 0)) {
    throw new RangeError(
      `Cannot take the first images as their count must be a positive integer: current value is ${count}`,
    );
  }
  if (count === null || count >= set.count) return set;
  return {
    ...set,
    images: set.images.subarray(0, count * set.height * set.width),
    labels: set.labels.subarray(0, count),
    count,
  };
}

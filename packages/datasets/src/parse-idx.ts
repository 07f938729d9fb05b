/** Images and labels in IDX, the format of MNIST. Source: yann.lecun.com/exdb/mnist, "File formats". */

/** More pixels a side than any image this is meant for: a header beyond it is damaged. */
const MAX_SIDE = 4096;
const IMAGES_MAGIC = 0x00000803;
const LABELS_MAGIC = 0x00000801;

export interface IdxImages {
  /** uint8 `[count, height, width]`, row-major: a view into the parsed bytes. */
  readonly images: Uint8Array<ArrayBuffer>;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Reads an `idx3-ubyte` file: magic 0x00000803, count, height, width (big-endian uint32), then one byte a pixel.
 *
 * @param bytes The whole uncompressed file. The result is a view into it.
 * @param name What errors call the file.
 * @throws {SyntaxError} If the magic is another, or the file is shorter or longer than its header says.
 * @throws {RangeError} If the file holds no image, or a side is 0 or over 4096.
 */
export function parseIdxImages(bytes: Uint8Array<ArrayBuffer>, name: string): IdxImages {
  const [count, height, width] = readImagesHeader(bytes, name);
  checkSize(bytes.length, name, 16, count * height * width);
  return { images: bytes.subarray(16), count, height, width };
}

/**
 * Reads an `idx1-ubyte` file: magic 0x00000801, count (big-endian uint32), then one byte a label.
 *
 * @param bytes The whole uncompressed file. The result is a view into it.
 * @param name What errors call the file.
 * @returns uint8 `[count]`.
 * @throws {SyntaxError} If the magic is another, or the file is shorter or longer than its header says.
 * @throws {RangeError} If the file holds no label.
 */
export function parseIdxLabels(bytes: Uint8Array<ArrayBuffer>, name: string): Uint8Array<ArrayBuffer> {
  const [count] = readHeader(bytes, name, LABELS_MAGIC, 1) as [number];
  checkSize(bytes.length, name, 8, count);
  return bytes.subarray(8);
}

/** Which of the two a file is, and its sizes: `[count]` of labels, `[count, height, width]` of images. */
export type IdxLayout =
  | { readonly holds: "labels"; readonly sizes: readonly [number] }
  | { readonly holds: "images"; readonly sizes: readonly [number, number, number] };

/**
 * What a file's first bytes say, for one that is too large to read whole. Refuses what the two parsers refuse.
 *
 * @param head The file's first 16 bytes, or all where it has fewer.
 * @param fileSize Bytes of the whole uncompressed file.
 * @param name What errors call the file.
 */
export function readIdxLayout(head: Uint8Array, fileSize: number, name: string): IdxLayout {
  const isLabels =
    head.length >= 4 && new DataView(head.buffer, head.byteOffset).getUint32(0) === LABELS_MAGIC;
  if (isLabels) {
    const [count] = readHeader(head, name, LABELS_MAGIC, 1) as [number];
    checkSize(fileSize, name, 8, count);
    return { holds: "labels", sizes: [count] };
  }
  const sizes = readImagesHeader(head, name);
  checkSize(fileSize, name, 16, sizes[0] * sizes[1] * sizes[2]);
  return { holds: "images", sizes };
}

/** Count, height and width. */
function readImagesHeader(bytes: Uint8Array, name: string): [number, number, number] {
  const sizes = readHeader(bytes, name, IMAGES_MAGIC, 3) as [number, number, number];
  for (const [side, size] of [
    ["height", sizes[1]],
    ["width", sizes[2]],
  ] as const) {
    if (size < 1 || size > MAX_SIDE) {
      throw new RangeError(
        `Cannot read ${name} as its ${side} must be 1 to ${MAX_SIDE}: current value is ${size}`,
      );
    }
  }
  return sizes;
}

/** The sizes after the magic; the first is the count. */
function readHeader(bytes: Uint8Array, name: string, magic: number, dimensions: number): number[] {
  const length = 4 + 4 * dimensions;
  if (bytes.length < length) {
    throw new SyntaxError(
      `Cannot read ${name} as an IDX header must have ${length} bytes: current value is ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const found = view.getUint32(0);
  if (found !== magic) {
    throw new SyntaxError(
      `Cannot read ${name} as its first four bytes must be ${hex(magic)} (IDX, ${dimensions === 1 ? "labels" : "images"}): ` +
        `current value is ${hex(found)}`,
    );
  }
  const sizes = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  if (sizes[0] === 0) {
    throw new RangeError(`Cannot read ${name} as its count must be at least 1: current value is 0`);
  }
  return sizes;
}

function checkSize(size: number, name: string, start: number, length: number): void {
  if (size === start + length) return;
  const fault = size < start + length ? "is truncated" : "has trailing bytes";
  throw new SyntaxError(
    `Cannot read ${name} as it ${fault}: its header says it must have ${start + length} bytes: current value is ${size}`,
  );
}

function hex(word: number): string {
  return `0x${word.toString(16).padStart(8, "0")}`;
}

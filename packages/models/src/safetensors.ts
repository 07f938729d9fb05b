import { oneLine } from "@gambeson/contract/one-line";
import { parseUniqueJson } from "./parse-unique-json.ts";

/** A tensor as a safetensors file holds it: row-major, little-endian; `data` has as many elements as `shape` says. */
export type SafeTensor =
  | { readonly dtype: "F32"; readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> }
  | { readonly dtype: "I32"; readonly shape: readonly number[]; readonly data: Int32Array<ArrayBuffer> }
  | { readonly dtype: "U8"; readonly shape: readonly number[]; readonly data: Uint8Array<ArrayBuffer> };

export type NamedSafeTensor = SafeTensor & { readonly name: string };

export interface SafetensorsFile {
  /** By name, in the order in which their bytes lie in the file. */
  readonly tensors: ReadonlyMap<string, SafeTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Element types we know, the widest first: in this order tensors stay aligned without padding between them. */
const ARRAY_OF = { F32: Float32Array, I32: Int32Array, U8: Uint8Array } as const;
type Dtype = keyof typeof ARRAY_OF;
const DTYPES = Object.keys(ARRAY_OF) as Dtype[];

const METADATA = "__metadata__";
/** Names that mean something else to the format or to JavaScript's objects. */
const RESERVED = [METADATA, "__proto__"];
/** The header's length comes first, as an unsigned 64-bit number; the header is padded to a multiple of it. */
const WORD = 8;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
/** The header, a tensor's entry, its shape: nothing in a header lies deeper. */
const MAX_DEPTH = 3;

/**
 * Writes tensors as one safetensors file. The same tensors and metadata give the same bytes, in whatever order they
 * come: entries are sorted by element type, then by name, as the format's reference implementation does.
 *
 * @param tensors Borrowed.
 * @throws {TypeError} If a name is taken, reserved or not well-formed, or `data` is not of the class `dtype` says.
 * @throws {RangeError} If `data` is not as long as `shape` says.
 *
 * Source: https://github.com/huggingface/safetensors#format
 */
export function writeSafetensors(
  tensors: readonly NamedSafeTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = tensors.toSorted(
    (a, b) => DTYPES.indexOf(a.dtype) - DTYPES.indexOf(b.dtype) || compare(a.name, b.name),
  );
  checkWritable(sorted);
  const entries: [string, string][] = [];
  const notes = Object.entries(metadata).sort(([a], [b]) => compare(a, b));
  if (notes.length > 0)
    entries.push([METADATA, jsonObject(notes.map(([key, value]) => [key, JSON.stringify(value)]))]);
  let dataLength = 0;
  for (const { name, dtype, shape, data } of sorted) {
    const data_offsets = [dataLength, (dataLength += data.byteLength)];
    entries.push([name, JSON.stringify({ dtype, shape, data_offsets })]);
  }
  const header = new TextEncoder().encode(jsonObject(entries));
  const dataStart = WORD + Math.ceil(header.length / WORD) * WORD;
  const bytes = new Uint8Array(dataStart + dataLength).fill(0x20, WORD, dataStart);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - WORD), true);
  bytes.set(header, WORD);
  let at = dataStart;
  for (const { data } of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a safetensors file that may come from anyone: whatever the format does not allow is refused, and so are
 * element types and fields that we do not know.
 *
 * @param bytes Borrowed; the tensors are copies, owned by the caller.
 * @throws {SyntaxError} If anything about it is wrong; the message names it.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  return readTensors(bytes, copyOf);
}

/**
 * As `readSafetensors`, but tensors are views of `bytes` wherever its alignment allows (in files that `writeSafetensors` made it
 * does): for large tensors. What is written into the one is in the other.
 */
export function viewSafetensors(bytes: Uint8Array<ArrayBuffer>): SafetensorsFile {
  return readTensors(bytes, (part: Uint8Array<ArrayBuffer>, dtype) => {
    const { BYTES_PER_ELEMENT } = ARRAY_OF[dtype];
    if (part.byteOffset % BYTES_PER_ELEMENT !== 0) return copyOf(part, dtype);
    return new ARRAY_OF[dtype](part.buffer, part.byteOffset, part.length / BYTES_PER_ELEMENT);
  });
}

function copyOf(part: Uint8Array, dtype: Dtype): SafeTensor["data"] {
  // Not `slice`: Node's Buffer gives a view for it.
  return new ARRAY_OF[dtype](new Uint8Array(part).buffer);
}

/** Where a tensor lies in its file: bytes [begin, end). */
export interface TensorPlace {
  readonly dtype: SafeTensor["dtype"];
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * How many of a file's first bytes `locateTensors` needs.
 *
 * @param start The file's first 8 bytes, or more.
 * @throws {SyntaxError} If they do not begin a safetensors file.
 */
export function headSize(start: Uint8Array): number {
  return WORD + readHeaderLength(start);
}

/**
 * Where a file's tensors lie, by name, in the order of their bytes: for parts of files that are too large to read whole. Refuses
 * what `readSafetensors` refuses.
 *
 * @param head The file's first `headSize` bytes, or more.
 * @param fileSize Bytes of the whole file.
 * @throws {SyntaxError} If anything about it is wrong; the message names it.
 */
export function locateTensors(head: Uint8Array, fileSize: number): ReadonlyMap<string, TensorPlace> {
  const { entries, dataStart } = readLayout(head, fileSize);
  return new Map(
    entries.map(({ name, dtype, shape, begin, end }) => [
      name,
      { dtype, shape, begin: dataStart + begin, end: dataStart + end },
    ]),
  );
}

function readTensors<B extends Uint8Array>(
  bytes: B,
  dataOf: (part: B, dtype: Dtype) => SafeTensor["data"],
): SafetensorsFile {
  const { entries, metadata, dataStart } = readLayout(bytes, bytes.length);
  const tensors = new Map<string, SafeTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    const part = bytes.subarray(dataStart + begin, dataStart + end) as B;
    tensors.set(name, { dtype, shape, data: dataOf(part, dtype) } as SafeTensor);
  }
  return { tensors, metadata };
}

function readLayout(head: Uint8Array, fileSize: number) {
  const { header, dataStart } = readHeader(head);
  const entries: Entry[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA) metadata = readMetadata(value);
    else entries.push(readEntry(name, value));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkLayout(entries, fileSize - dataStart);
  return { entries, metadata, dataStart };
}

/** Where one tensor lies, in bytes from the end of the header. */
interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readHeaderLength(bytes: Uint8Array): number {
  if (bytes.length < WORD) refuse("the file", `be at least ${WORD} bytes long`, bytes.length);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES)
    refuse("the header's length", `be at most ${MAX_HEADER_BYTES}`, Number(length));
  return Number(length);
}

function readHeader(bytes: Uint8Array): { header: object; dataStart: number } {
  const length = readHeaderLength(bytes);
  const dataStart = WORD + length;
  if (dataStart > bytes.length) refuse("the header's length", `be at most ${bytes.length - WORD}`, length);
  let header: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(WORD, dataStart),
    );
    header = parseUniqueJson(text, MAX_DEPTH);
  } catch (error) {
    // The engine's own message may quote the text as it is.
    const reason = oneLine(error instanceof Error ? error.message : String(error), 200);
    throw new SyntaxError(
      `Cannot read the safetensors file as the header must be sound JSON in UTF-8: ${reason}`,
      { cause: error },
    );
  }
  if (!isRecord(header)) refuse("the header", "be an object", header);
  return { header, dataStart };
}

function readMetadata(value: unknown): Record<string, string> {
  if (!isRecord(value)) refuse(METADATA, "be an object", value);
  for (const [key, note] of Object.entries(value)) {
    if (key === "__proto__") refuse(`a key of ${METADATA}`, `not be "__proto__"`, key);
    if (typeof note !== "string") refuse(`${METADATA}'s ${quote(key)}`, "be text", note);
  }
  return value as Record<string, string>;
}

function readEntry(name: string, value: unknown): Entry {
  const what = `tensor ${quote(name)}`;
  if (!isUsableName(name)) refuse("a tensor's name", "be well-formed and not reserved", name);
  if (!isRecord(value)) refuse(what, "be an object", value);
  const { dtype, shape, data_offsets: offsets, ...rest } = value;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) refuse(`${what}'s fields`, "be dtype, shape and data_offsets", unknown);
  if (!isDtype(dtype)) refuse(`${what}'s dtype`, `be one of ${DTYPES.join(", ")}`, dtype);
  if (!isSizes(shape)) refuse(`${what}'s shape`, "be non-negative integers", shape);
  if (!isSizes(offsets) || offsets.length !== 2)
    refuse(`${what}'s data_offsets`, "be two non-negative integers", offsets);
  const [begin, end] = offsets as [number, number];
  const byteLength = elementCount(shape) * ARRAY_OF[dtype].BYTES_PER_ELEMENT;
  if (!Number.isSafeInteger(byteLength)) refuse(`${what}'s shape`, "have a size below 2^53 bytes", shape);
  if (end - begin !== byteLength)
    refuse(`${what}'s data_offsets`, `span the shape's ${byteLength} bytes`, offsets);
  return { name, dtype, shape, begin, end };
}

/** Tensors must cover the data exactly: no overlap, no hole, nothing behind the last. */
function checkLayout(sorted: readonly Entry[], dataLength: number): void {
  let covered = 0;
  for (const { name, begin, end } of sorted) {
    if (begin < covered)
      refuse(`tensor ${quote(name)}`, `not overlap the one before, which ends at ${covered}`, begin);
    if (begin > covered)
      refuse(`tensor ${quote(name)}`, `begin where the one before ends, at ${covered}`, begin);
    covered = end;
  }
  if (covered !== dataLength) refuse("the data", `be as long as its tensors, ${covered} bytes`, dataLength);
}

function checkWritable(tensors: readonly NamedSafeTensor[]): void {
  const names = new Set<string>();
  for (const { name, dtype, shape, data } of tensors) {
    if (!isUsableName(name) || names.has(name)) {
      throw new TypeError(
        `Cannot write tensors as each name must be unique, well-formed and not reserved: current value is ${quote(name)}`,
      );
    }
    names.add(name);
    if (!(data instanceof ARRAY_OF[dtype])) {
      throw new TypeError(
        `Cannot write tensor ${quote(name)} as its data must be a ${ARRAY_OF[dtype].name}: current value is ${Object.prototype.toString.call(data)}`,
      );
    }
    if (!isSizes(shape) || elementCount(shape) !== data.length) {
      throw new RangeError(
        `Cannot write tensor ${quote(name)} as its shape must have ${data.length} elements: current value is ${quote(shape)}`,
      );
    }
  }
}

function elementCount(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDtype(value: unknown): value is Dtype {
  return typeof value === "string" && Object.hasOwn(ARRAY_OF, value);
}

function isSizes(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.every((size) => Number.isSafeInteger(size) && size >= 0 && !Object.is(size, -0))
  );
}

/** A lone surrogate has no UTF-8 form. */
function isUsableName(name: string): boolean {
  return !RESERVED.includes(name) && !/\p{Surrogate}/u.test(name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As `JSON.stringify`, but in the order given: an object would put keys like "0" first. */
function jsonObject(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(",")}}`;
}

/** As JSON, on one line, cut where it grows long. */
function quote(value: unknown): string {
  return oneLine(value === undefined ? "undefined" : JSON.stringify(value));
}

function refuse(what: string, must: string, value: unknown): never {
  throw new SyntaxError(
    `Cannot read the safetensors file as ${what} must ${must}: current value is ${quote(value)}`,
  );
}

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  headSize,
  locateTensors,
  readSafetensors,
  viewSafetensors,
  writeSafetensors,
  type NamedSafeTensor,
} from "./safetensors.ts";

/**
 * Written by the Python package safetensors 0.8.0 (numpy 2.4.6), safetensors.numpy.save, from the tensors below and
 * metadata {"format": "gambeson"}.
 */
const GOLDEN_HEX =
  "50010000000000007b225f5f6d657461646174615f5f223a7b22666f726d6174223a2267616d6265736f6e227d2c22612e62696173223a7b226474797065223a22463332222c227368617065223a5b325d2c22646174615f6f666673657473223a5b302c385d7d2c22622e776569676874223a7b226474797065223a22463332222c227368617065223a5b322c335d2c22646174615f6f666673657473223a5b382c33325d7d2c22656d707479223a7b226474797065223a22463332222c227368617065223a5b302c335d2c22646174615f6f666673657473223a5b33322c33325d7d2c227374657073223a7b226474797065223a22493332222c227368617065223a5b5d2c22646174615f6f666673657473223a5b33322c33365d7d2c226d61736b223a7b226474797065223a225538222c227368617065223a5b335d2c22646174615f6f666673657473223a5b33362c33395d7d7d20000000bf6f12833a0000803f0000004000004040000080400000a0400000c040070000000100ff";
const GOLDEN_TENSORS: readonly NamedSafeTensor[] = [
  { name: "mask", dtype: "U8", shape: [3], data: Uint8Array.of(1, 0, 255) },
  { name: "b.weight", dtype: "F32", shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  { name: "empty", dtype: "F32", shape: [0, 3], data: new Float32Array(0) },
  { name: "steps", dtype: "I32", shape: [], data: Int32Array.of(7) },
  { name: "a.bias", dtype: "F32", shape: [2], data: Float32Array.of(-0.5, 1e-3) },
];

test("writeSafetensors() writes the bytes that the Python package writes, whatever the order given", () => {
  const metadata = { format: "gambeson" };
  expect(hex(writeSafetensors(GOLDEN_TENSORS, metadata))).toBe(GOLDEN_HEX);
  expect(hex(writeSafetensors(GOLDEN_TENSORS.toReversed(), metadata))).toBe(GOLDEN_HEX);
});

test("readSafetensors() reads the Python package's file", () => {
  const { tensors, metadata } = readSafetensors(fromHex(GOLDEN_HEX));
  expect(metadata).toEqual({ format: "gambeson" });
  expect([...tensors.keys()]).toEqual(["a.bias", "b.weight", "empty", "steps", "mask"]);
  for (const { name, ...tensor } of GOLDEN_TENSORS) expect(tensors.get(name)).toEqual(tensor);
});

test("readSafetensors() gives copies, from bytes at any offset", () => {
  const shifted = new Uint8Array(GOLDEN_HEX.length / 2 + 3);
  shifted.set(fromHex(GOLDEN_HEX), 3);
  const { tensors } = readSafetensors(shifted.subarray(3));
  shifted.fill(0);
  expect(tensors.get("a.bias")?.data).toEqual(Float32Array.of(-0.5, 1e-3));
});

test("viewSafetensors() gives views where they are aligned, and copies elsewhere", () => {
  const bytes = fromHex(GOLDEN_HEX);
  const { tensors, metadata } = viewSafetensors(bytes);
  expect(metadata).toEqual({ format: "gambeson" });
  for (const { name, ...tensor } of GOLDEN_TENSORS) expect(tensors.get(name)).toEqual(tensor);
  tensors.get("b.weight")!.data[0] = 9;
  expect(readSafetensors(bytes).tensors.get("b.weight")?.data[0]).toBe(9);

  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const part = viewSafetensors(shifted.subarray(3)).tensors;
  expect(part.get("b.weight")?.data).toEqual(Float32Array.of(9, 2, 3, 4, 5, 6));
  // Bytes are aligned anywhere.
  part.get("mask")!.data[0] = 5;
  expect(shifted[shifted.length - 3]).toBe(5);
});

test("readSafetensors() reads a tensor that is not aligned", () => {
  const header =
    '{"u":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"f":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}';
  const { tensors } = readSafetensors(file(header, Uint8Array.of(9, 0, 0, 128, 63)));
  expect(tensors.get("f")?.data).toEqual(Float32Array.of(1));
});

const anyName = fc
  .string({ unit: "grapheme" })
  .filter((name) => name !== "__metadata__" && name !== "__proto__" && !/\p{Surrogate}/u.test(name));
const anyShape = fc.array(fc.nat({ max: 4 }), { maxLength: 4 });
const anyTensor: fc.Arbitrary<NamedSafeTensor> = fc
  .record({
    name: anyName,
    shape: anyShape,
    dtype: fc.constantFrom("F32", "I32", "U8"),
    seed: fc.nat({ max: 255 }),
  })
  .map(({ name, shape, dtype, seed }) => {
    const values = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (seed + 7 * i) % 256);
    switch (dtype) {
      case "F32":
        return { name, shape, dtype, data: Float32Array.from(values, (value) => value / 3) };
      case "I32":
        return { name, shape, dtype, data: Int32Array.from(values, (value) => -value) };
      case "U8":
        return { name, shape, dtype, data: Uint8Array.from(values) };
    }
  });
const anyTensors = fc.uniqueArray(anyTensor, { selector: ({ name }) => name, maxLength: 6 });

test("readSafetensors() gives back what writeSafetensors() was given", () => {
  fc.assert(
    fc.property(anyTensors, fc.dictionary(anyName, fc.string({ unit: "grapheme" })), (tensors, metadata) => {
      const bytes = writeSafetensors(tensors, metadata);
      expect(bytes).toEqual(writeSafetensors(tensors.toReversed(), metadata));
      const read = readSafetensors(bytes);
      expect(read.metadata).toEqual({ ...metadata });
      expect(read.tensors.size).toBe(tensors.length);
      for (const { name, ...tensor } of tensors) expect(read.tensors.get(name)).toEqual(tensor);
    }),
  );
});

describe("writeSafetensors() refuses", () => {
  const data = Float32Array.of(1, 2);
  const one = { name: "a", dtype: "F32", shape: [2], data } as const;
  test.each<[string, readonly NamedSafeTensor[], RegExp]>([
    ["a name twice", [one, one], /each name must be unique.*"a"/],
    ["a reserved name", [{ ...one, name: "__metadata__" }], /not reserved.*"__metadata__"/],
    ["__proto__", [{ ...one, name: "__proto__" }], /not reserved/],
    ["half a surrogate pair", [{ ...one, name: "\ud800" }], /well-formed/],
    ["a shape of another size", [{ ...one, shape: [3] }], /must have 2 elements: current value is \[3\]/],
    ["a negative shape", [{ ...one, shape: [-1, -2] }], /must have 2 elements/],
    ["the wrong class", [{ ...one, data: new Float64Array(2) as never }], /must be a Float32Array/],
  ])("%s", (_, tensors, message) => {
    expect(() => writeSafetensors(tensors)).toThrow(message);
  });
});

const entry = (fields: object) =>
  JSON.stringify({ dtype: "F32", shape: [1], data_offsets: [0, 4], ...fields });
const FOUR = new Uint8Array(4);

describe("readSafetensors() refuses", () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(0), /at least 8 bytes long: current value is 0/],
    ["a file shorter than its first word", new Uint8Array(7), /at least 8 bytes long: current value is 7/],
    [
      "a header beyond the file",
      fromHex("1000000000000000" + "7b7d"),
      /header's length must be at most 2: current value is 16/,
    ],
    ["a huge header", fromHex("ffffffffffffffff7b7d"), /header's length must be at most 100000000/],
    [
      "a header just over the limit",
      fromHex("01e1f50500000000"),
      /at most 100000000: current value is 100000001/,
    ],
    ["no header at all", fromHex("0000000000000000"), /sound JSON/],
    ["bytes that are not UTF-8", file(Uint8Array.of(0x7b, 0xff, 0x7d)), /sound JSON in UTF-8/],
    ["a byte order mark", file("\ufeff{}"), /sound JSON/],
    ["text that is not JSON", file("{a:1}"), /sound JSON/],
    ["an array", file("[]"), /header must be an object: current value is \[\]/],
    ["null", file("null"), /header must be an object/],
    ["a name twice", file(`{"a":${entry({})},"a":${entry({})}}`, FOUR), /keys must not repeat.*"a"/],
    [
      "a field twice",
      file('{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', FOUR),
      /keys must not repeat/,
    ],
    [
      "the name __proto__",
      file(`{"__proto__":${entry({})}}`, FOUR),
      /name must be well-formed and not reserved/,
    ],
    ["half a surrogate pair", file(String.raw`{"\ud800":${entry({})}}`, FOUR), /name must be well-formed/],
    ["an entry that is no object", file('{"a":[]}'), /tensor "a" must be an object/],
    ["an entry that is null", file('{"a":null}'), /tensor "a" must be an object: current value is null/],
    [
      "an unknown field",
      file(`{"a":${entry({ strides: [1] })}}`, FOUR),
      /fields must be dtype, shape and data_offsets.*"strides"/,
    ],
    [
      "the field __proto__",
      file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"__proto__":1}}', FOUR),
      /fields must be/,
    ],
    [
      "no dtype",
      file(`{"a":${entry({ dtype: undefined })}}`, FOUR),
      /dtype must be one of F32, I32, U8: current value is undefined/,
    ],
    [
      "a dtype not known",
      file(`{"a":${entry({ dtype: "F16", shape: [2] })}}`, FOUR),
      /dtype must be one of.*"F16"/,
    ],
    [
      "a dtype of an object's own",
      file(`{"a":${entry({ dtype: "constructor" })}}`, FOUR),
      /dtype must be one of/,
    ],
    [
      "no shape",
      file(`{"a":${entry({ shape: undefined })}}`, FOUR),
      /shape must be non-negative integers: current value is undefined/,
    ],
    [
      "a shape that is a number",
      file(`{"a":${entry({ shape: 1 })}}`, FOUR),
      /shape must be non-negative integers/,
    ],
    [
      "a negative shape",
      file(`{"a":${entry({ shape: [-1] })}}`, FOUR),
      /shape must be non-negative integers: current value is \[-1\]/,
    ],
    [
      "two negative sizes",
      file(`{"a":${entry({ shape: [-1, -1] })}}`, FOUR),
      /shape must be non-negative integers/,
    ],
    [
      "minus zero",
      file('{"a":{"dtype":"F32","shape":[-0],"data_offsets":[0,0]}}'),
      /shape must be non-negative integers/,
    ],
    ["a fraction", file(`{"a":${entry({ shape: [0.5, 2] })}}`, FOUR), /shape must be non-negative integers/],
    [
      "a size above 2^53",
      file(`{"a":${entry({ shape: [2 ** 53] })}}`, FOUR),
      /shape must be non-negative integers/,
    ],
    [
      "an infinite size",
      file('{"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,4]}}', FOUR),
      /non-negative integers/,
    ],
    [
      "a size that overflows",
      file(`{"a":${entry({ shape: [2 ** 32, 2 ** 32] })}}`, FOUR),
      /size below 2\^53 bytes/,
    ],
    [
      "no offsets",
      file(`{"a":${entry({ data_offsets: undefined })}}`, FOUR),
      /data_offsets must be two non-negative integers/,
    ],
    ["one offset", file(`{"a":${entry({ data_offsets: [4] })}}`, FOUR), /data_offsets must be two/],
    ["three offsets", file(`{"a":${entry({ data_offsets: [0, 4, 8] })}}`, FOUR), /data_offsets must be two/],
    [
      "a negative offset",
      file(`{"a":${entry({ data_offsets: [-4, 0] })}}`, FOUR),
      /data_offsets must be two non-negative/,
    ],
    [
      "offsets turned round",
      file(`{"a":${entry({ data_offsets: [4, 0] })}}`, FOUR),
      /span the shape's 4 bytes: current value is \[4,0\]/,
    ],
    [
      "offsets that do not fit the shape",
      file(`{"a":${entry({ shape: [2] })}}`, FOUR),
      /span the shape's 8 bytes/,
    ],
    [
      "data that ends too early",
      file(`{"a":${entry({})}}`, new Uint8Array(3)),
      /data must be as long as its tensors, 4 bytes: current value is 3/,
    ],
    [
      "data behind the last tensor",
      file(`{"a":${entry({})}}`, new Uint8Array(5)),
      /data must be as long as its tensors, 4 bytes: current value is 5/,
    ],
    ["data without tensors", file("{}", FOUR), /data must be as long as its tensors, 0 bytes/],
    [
      "a hole before the first",
      file(`{"a":${entry({ data_offsets: [4, 8] })}}`, new Uint8Array(8)),
      /begin where the one before ends, at 0/,
    ],
    [
      "a hole between",
      file(`{"a":${entry({})},"b":${entry({ data_offsets: [8, 12] })}}`, new Uint8Array(12)),
      /"b" must begin where.*at 4: current value is 8/,
    ],
    [
      "an overlap",
      file(`{"a":${entry({})},"b":${entry({ data_offsets: [2, 6] })}}`, new Uint8Array(6)),
      /"b" must not overlap.*ends at 4: current value is 2/,
    ],
    ["the same place twice", file(`{"a":${entry({})},"b":${entry({})}}`, FOUR), /must not overlap/],
    ["metadata that is no object", file('{"__metadata__":"x"}'), /__metadata__ must be an object/],
    [
      "metadata that is not text",
      file('{"__metadata__":{"epoch":5}}'),
      /__metadata__'s "epoch" must be text: current value is 5/,
    ],
    ["metadata called __proto__", file('{"__metadata__":{"__proto__":"x"}}'), /must not be "__proto__"/],
    ["deep nesting", file('{"a":{"shape":[[1]]}}'), /nesting must not be deeper than 3/],
  ])("%s", (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message);
    expect(() => readSafetensors(bytes)).toThrow(SyntaxError);
  });
});

test("readSafetensors() refuses a large hostile header in well under two seconds", () => {
  const start = performance.now();
  expect(() => readSafetensors(file("[".repeat(20_000_000)))).toThrow(/nesting/);
  expect(() => readSafetensors(file(`{"${"\\\\".repeat(2_000_000)}`))).toThrow(/a string must end/);
  expect(performance.now() - start).toBeLessThan(2000);
});

describe("locateTensors()", () => {
  const golden = fromHex(GOLDEN_HEX);

  test("says of the Python package's file, from its head alone, where each tensor lies", () => {
    // The header's length, 0x150, stands in the first bytes.
    expect(headSize(golden.subarray(0, 8))).toBe(344);
    const places = locateTensors(golden.subarray(0, 344), golden.length);
    expect([...places]).toEqual([
      ["a.bias", { dtype: "F32", shape: [2], begin: 344, end: 352 }],
      ["b.weight", { dtype: "F32", shape: [2, 3], begin: 352, end: 376 }],
      ["empty", { dtype: "F32", shape: [0, 3], begin: 376, end: 376 }],
      ["steps", { dtype: "I32", shape: [], begin: 376, end: 380 }],
      ["mask", { dtype: "U8", shape: [3], begin: 380, end: 383 }],
    ]);
    // 1 to 6, little-endian.
    const { begin, end } = places.get("b.weight")!;
    expect([...new Float32Array(golden.slice(begin, end).buffer)]).toEqual([1, 2, 3, 4, 5, 6]);
    // More of the file than its head changes nothing.
    expect(locateTensors(golden, golden.length)).toEqual(places);
  });

  test("refuses a head that is cut off, and a file of another size", () => {
    expect(() => headSize(golden.subarray(0, 7))).toThrow(SyntaxError);
    expect(() => headSize(new Uint8Array(8).fill(0xff))).toThrow("the header's length");
    expect(() => locateTensors(golden.subarray(0, 343), golden.length)).toThrow("the header's length");
    for (const size of [golden.length - 1, golden.length + 1]) {
      expect(() => locateTensors(golden.subarray(0, 344), size)).toThrow(
        "be as long as its tensors, 39 bytes",
      );
    }
  });
});

/** A safetensors file with this header, unpadded, and these data. */
function file(header: string | Uint8Array, data: Uint8Array = new Uint8Array(0)): Uint8Array<ArrayBuffer> {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

import { damagedBytes } from "@gambeson/contract/testing/damaged-bytes";
import { fuzzParser } from "@gambeson/contract/testing/fuzz-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  headSize,
  locateTensors,
  readSafetensors,
  viewSafetensors,
  writeSafetensors,
  type SafetensorsFile,
} from "./safetensors.ts";

const HEADER =
  '{"__metadata__":{"format":"gambeson"},"dense0.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},' +
  '"dense0.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[8,32]},"none":{"dtype":"F32","shape":[0,3],"data_offsets":[32,32]},' +
  '"steps":{"dtype":"I32","shape":[],"data_offsets":[32,36]},"mask":{"dtype":"U8","shape":[3],"data_offsets":[36,39]}}';
const DATA = Uint8Array.from({ length: 39 }, (_, at) => at * 7);
/** Padded as writers do, so that its tensors are aligned; and not. */
const ALIGNED = file(HEADER.padEnd(Math.ceil(HEADER.length / 8) * 8), DATA);
const SHIFTED = file(`${HEADER} `, DATA);
const EMPTY = file("{}", new Uint8Array(0));

/** What may stand in place of any number, word or bracket of a header. */
const TOKENS = [
  ...Array.from('0123456789-.e"{}[],: \\\n\t\0'),
  ..."-0 -1 1e999 1e308 NaN Infinity 9007199254740992 18446744073709551616 0.5 null true".split(" "),
  ...[
    '"F16"',
    '"__proto__"',
    '"__metadata__"',
    '"constructor"',
    '"\\ud800"',
    '{"a":',
    "[[",
    "\u2028",
    "\ud83d\udca3",
    "\ufeff",
  ],
];

/** Tokens of a header that was sound, exchanged, left out, doubled or in another order. */
const almostHeader = fc
  .array(fc.record({ at: fc.nat(), by: fc.constantFrom("", "twice", "swap", ...TOKENS) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((edits) => {
    const tokens = HEADER.match(/"[^"]*"|\d+|[^"\d]/g) ?? [];
    for (const { at, by } of edits) {
      const here = at % tokens.length;
      const token = tokens[here]!;
      if (by === "twice") tokens[here] = token + token;
      else if (by === "swap")
        [tokens[here], tokens[(here + 4) % tokens.length]] = [tokens[(here + 4) % tokens.length]!, token];
      else tokens[here] = by;
    }
    return file(tokens.join(""), DATA);
  });
/** Two entries of sizes and places of any kind. */
const extent = fc.oneof(fc.nat(40), fc.constantFrom(-1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e300));
const entry = fc.record({
  dtype: fc.constantFrom("F32", "I32", "U8", "F64"),
  shape: fc.array(extent, { maxLength: 3 }),
  data_offsets: fc.array(extent, { minLength: 2, maxLength: 2 }),
});
const anyEntries = fc
  .tuple(
    fc.dictionary(fc.string({ unit: "binary", maxLength: 8 }), entry, { maxKeys: 2 }),
    fc.uint8Array({ maxLength: 40 }),
  )
  .map(([header, data]) => file(JSON.stringify(header), data));

const files = fc.oneof(
  { weight: 3, arbitrary: damagedBytes(ALIGNED, SHIFTED, EMPTY) },
  { weight: 3, arbitrary: almostHeader },
  anyEntries,
  // Any data are sound, also those that are no numbers.
  fc.uint8Array({ minLength: 39, maxLength: 39 }).map((data) => file(HEADER, data)),
  fc.jsonValue().map((value) => file(JSON.stringify(value), DATA)),
  fc.string({ unit: "binary" }).map((header) => file(header, DATA)),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Uint8Array.from(bytes)),
  fc
    .tuple(fc.integer({ min: 1, max: 3000 }), fc.constantFrom("[", '{"a":', '{"a":['))
    .map(([depth, open]) => file(open.repeat(depth), DATA)),
);

test("readSafetensors(), viewSafetensors() and locateTensors() read a malformed file alike, or refuse it alike", async () => {
  const { accepted, refused } = await fuzzParser(
    files,
    (bytes) => {
      const copies = attempt(() => readSafetensors(bytes));
      expect(attempt(() => viewSafetensors(bytes))).toEqual(copies);
      const places = attempt(() => locateTensors(bytes.subarray(0, headSize(bytes)), bytes.length));
      if (copies instanceof Error || places instanceof Error) {
        expect(places).toEqual(copies);
        throw copies as Error;
      }
      checkTensors(copies, bytes);
      expect([...places.keys()]).toEqual([...copies.tensors.keys()]);
      for (const [name, { begin, end, dtype, shape }] of places) {
        const tensor = copies.tensors.get(name)!;
        expect({ dtype, shape }).toEqual({ dtype: tensor.dtype, shape: tensor.shape });
        const { buffer } = tensor.data;
        expect(new Uint8Array(buffer)).toEqual(bytes.slice(begin, end));
      }
    },
    [SyntaxError],
  );
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
});

/** All of the file's data belong to a tensor, and written again they are read as the same. */
function checkTensors({ tensors, metadata }: SafetensorsFile, bytes: Uint8Array): void {
  let size = headSize(bytes);
  for (const { shape, data } of tensors.values()) {
    expect(data.length).toBe(shape.reduce((product, side) => product * side, 1));
    size += data.byteLength;
  }
  expect(size).toBe(bytes.length);
  for (const note of Object.values(metadata)) expect(typeof note).toBe("string");
  const again = writeSafetensors(
    Array.from(tensors, ([name, tensor]) => ({ name, ...tensor })),
    metadata,
  );
  expect(new Map(readSafetensors(again).tensors)).toEqual(new Map(tensors));
}

/** What is given, or the error. */
function attempt<T>(give: () => T): T | Error {
  try {
    return give();
  } catch (error) {
    return error as Error;
  }
}

function file(header: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

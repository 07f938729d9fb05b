import { readSafetensors, writeSafetensors } from "@gambeson/models/safetensors";
import { expect, test } from "vitest";
import { readImageRows, writeImageRows, type ImageRows } from "./images-file.ts";

const ROWS: ImageRows = {
  label: Uint8Array.of(3, 255),
  before: Int32Array.of(3, 1),
  probabilityBefore: Float32Array.of(0.75, 0.5),
  after: Int32Array.of(2, 1),
  probabilityAfter: Float32Array.of(0.5, 0.25),
  fooled: Uint8Array.of(1, 0),
  steps: Int32Array.of(2, 6),
  norm: Float32Array.of(0.125, 0),
  imageNorm: Float32Array.of(9.5, 0),
};

test("image rows read back as they were", () => {
  expect(readImageRows(writeImageRows(ROWS))).toEqual(ROWS);
  const none = Object.fromEntries(
    Object.entries(ROWS).map(([name, column]: [string, Uint8Array | Int32Array | Float32Array]) => [
      name,
      column.subarray(0, 0),
    ]),
  );
  expect(readImageRows(writeImageRows(none as unknown as ImageRows)).label).toHaveLength(0);
});

test.each(Object.keys(ROWS))("readImageRows() refuses a file without %s, or with it shorter", (name) => {
  const tensors = [...readSafetensors(writeImageRows(ROWS)).tensors].map(([own, tensor]) => ({
    name: own,
    ...tensor,
  }));
  const others = tensors.filter((tensor) => tensor.name !== name);
  expect(() => readImageRows(writeSafetensors(others))).toThrow(`current value is missing`);
  const shorter = { name, dtype: "U8", shape: [1], data: Uint8Array.of(0) } as const;
  expect(() => readImageRows(writeSafetensors([...others, shorter]))).toThrow(SyntaxError);
});

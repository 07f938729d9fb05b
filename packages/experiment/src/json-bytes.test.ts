import { expect, test } from "vitest";
import { fromJsonBytes, toJsonBytes } from "./json-bytes.ts";

test("toJsonBytes() gives equal values equal bytes, whatever the order of their keys", () => {
  const text = (value: unknown) => new TextDecoder().decode(toJsonBytes(value));
  expect(text({ b: [{ y: 1, x: null }], a: "é" })).toBe('{"a":"é","b":[{"x":null,"y":1}]}');
  expect(fromJsonBytes(toJsonBytes({ b: 1, a: [2] }))).toEqual({ a: [2], b: 1 });
});

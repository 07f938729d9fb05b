import * as fc from "fast-check";
import { expect, test } from "vitest";
import { prettyJson } from "./pretty-json.ts";

test("prettyJson() puts lists of plain values on one line", () => {
  expect(prettyJson({ a: [1, 2.5, "x,y", null], b: {}, c: [], d: [{ e: 1 }], f: undefined })).toBe(
    `{
  "a": [1, 2.5, "x,y", null],
  "b": {},
  "c": [],
  "d": [
    {
      "e": 1
    }
  ]
}`,
  );
});

test("prettyJson() says exactly what JSON.stringify says", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(JSON.parse(prettyJson(value)))).toBe(
        JSON.stringify(JSON.parse(JSON.stringify(value))),
      );
    }),
  );
});

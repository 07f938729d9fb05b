import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseUniqueJson } from "./parse-unique-json.ts";

test("parseUniqueJson() reads what JSON.parse reads", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, "\t"), (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(parseUniqueJson(text, 10)).toEqual(JSON.parse(text));
    }),
  );
});

test.each([
  ['{"a":1,"a":2}', /keys must not repeat: current value is "a"/],
  ['{"a":1,"b":{"c":1 , "c" :2}}', /keys must not repeat: current value is "c"/],
  [String.raw`{"a":1,"\u0061":2}`, /keys must not repeat/],
  [String.raw`{"\"":1,"\"":2}`, /keys must not repeat/],
  ['{"__proto__":1,"__proto__":2}', /keys must not repeat/],
  ['[{"a":1},{"b":1,"b":2}]', /keys must not repeat/],
  ["[[[[1]]]]", /nesting must not be deeper than 3/],
  ["[".repeat(1_000_000), /nesting must not be deeper than 3/],
  ['"open', /a string must end/],
  [String.raw`"open\"`, /a string must end/],
  ["]]]", /JSON/],
  ["", /JSON/],
])("parseUniqueJson() refuses %.40s", (text, message) => {
  expect(() => parseUniqueJson(text, 3)).toThrow(message);
  expect(() => parseUniqueJson(text, 3)).toThrow(SyntaxError);
});

test("parseUniqueJson() takes the same key in different objects, and the same text as key and value", () => {
  expect(parseUniqueJson('{"a":{"a":"a"},"b":["a","a",{"a":1}]}', 3)).toEqual({
    a: { a: "a" },
    b: ["a", "a", { a: 1 }],
  });
});

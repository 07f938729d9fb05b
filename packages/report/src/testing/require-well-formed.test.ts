import { expect, test } from "vitest";
import { requireWellFormed } from "./require-well-formed.ts";

test.each(['<a b="1">x &lt; y<c/></a>', "<!DOCTYPE html>\n<html><br/></html>\n"])(
  "requireWellFormed() takes %s",
  (xml) => {
    expect(() => {
      requireWellFormed(xml);
    }).not.toThrow();
  },
);

test.each([
  "<a><b></a></b>",
  "<a>",
  "<a/><b/>",
  "<a>x & y</a>",
  "<a>1 < 2</a>",
  '<a b="&x"/>',
  '<a b="1" b="2"/>',
  "<a>\u0001</a>",
  "x<a/>",
])("requireWellFormed() refuses %s", (xml) => {
  expect(() => {
    requireWellFormed(xml);
  }).toThrow(SyntaxError);
});

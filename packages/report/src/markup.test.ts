import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { element, escapeXml } from "./markup.ts";
import { requireWellFormed } from "./testing/require-well-formed.ts";

describe("element()", () => {
  test("nests, rounds coordinates and leaves null out", () => {
    const inner = element("b", { x: 1.23456, y: -0, hidden: null }, "a < b", null, 0.5);
    expect(element("a", {}, [inner, " & c"]).markup).toBe('<a><b x="1.23" y="0">a &lt; b0.5</b> &amp; c</a>');
    expect(element("br", { class: "x" }).markup).toBe('<br class="x"/>');
  });

  test("refuses numbers that are not finite", () => {
    expect(() => element("a", { x: NaN })).toThrow(RangeError);
    expect(() => element("a", {}, Infinity)).toThrow(RangeError);
  });

  test("is well-formed whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (text, attribute) => {
        requireWellFormed(element("a", { b: attribute }, text).markup);
      }),
    );
  });
});

test("escapeXml() puts U+FFFD for what XML forbids, and keeps the rest", () => {
  expect(escapeXml("\u0000a\uD800\uFFFF\t😀")).toBe("\uFFFDa\uFFFD\uFFFD\t😀");
  expect(escapeXml(`<"'&>`)).toBe("&lt;&quot;&#39;&amp;&gt;");
});

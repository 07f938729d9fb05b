import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createPaint } from "./paint.ts";
import { warningBox, wrap } from "./warning-box.ts";

test("warningBox() frames the text, in lines of one length", () => {
  expect(warningBox(["These are drawn by code.", "Why: no network"], 28, createPaint(false))).toBe(
    [
      "┏━━━━━━━━━━━━━━━━━━━━━━━━━┓",
      "┃  WARNING                ┃",
      "┃  These are drawn by     ┃",
      "┃  code.                  ┃",
      "┃  Why: no network        ┃",
      "┗━━━━━━━━━━━━━━━━━━━━━━━━━┛",
    ].join("\n"),
  );
});

test("warningBox() is coloured line by line, so that the background ends with the frame", () => {
  for (const line of warningBox(["a"], 40, createPaint(true)).split("\n")) {
    expect(line.startsWith("\x1b[1;30;43m") && line.endsWith("\x1b[0m")).toBe(true);
  }
});

test("wrap() keeps every character but the spaces, in lines no longer than asked", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 2, max: 40 }), (text, width) => {
      const lines = wrap(text, width);
      expect(lines.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});

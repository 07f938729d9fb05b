import { expect, test } from "vitest";
import { whenText } from "./when-text.ts";

const NOW = Date.parse("2026-01-02T03:05:06.000Z");

test.each([
  ["2026-01-02T03:05:06.000Z", "now"],
  ["2026-01-02T03:05:30.000Z", "now"], // The server's clock is ahead of the reader's.
  ["2026-01-02T03:04:07.000Z", "now"],
  ["2026-01-02T03:04:06.000Z", "1 min. ago"],
  ["2026-01-02T02:05:07.000Z", "59 min. ago"],
  ["2026-01-02T02:05:06.000Z", "1 hr. ago"],
  ["2026-01-01T03:05:07.000Z", "23 hr. ago"],
  ["2026-01-01T03:05:06.000Z", "yesterday"],
  ["2025-12-26T03:05:07.000Z", "6 days ago"],
  ["2025-12-26T03:05:06.000Z", "Dec 26, 2025"],
])("whenText() of %s is '%s'", (instant, text) => {
  expect(whenText(instant, NOW, "en")).toBe(text);
});

test("whenText() speaks the language it is told", () => {
  expect(whenText("2026-01-01T00:00:00.000Z", NOW, "de")).toBe("gestern");
});

import { expect, test } from "vitest";
import { standaloneSvg } from "./standalone-svg.ts";

const DRAWING = `<svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><!--?lit$123$--><path stroke="var(--ink)" fill="var(--series-1)"/><!----><text fill="var(--muted)">a &amp; b</text></svg>`;

test("standaloneSvg() stands on white, in the colours for paper, with nothing of the page's", () => {
  // The light theme's ink, second series and muted.
  expect(standaloneSvg(DRAWING)).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
      `<svg viewBox="0 0 10 10" width="10" height="10"><rect width="100%" height="100%" fill="#ffffff"/>` +
      `<path stroke="#1c1f23" fill="#0072b2"/><text fill="#5b626b">a &amp; b</text></svg>\n`,
  );
});

test("standaloneSvg() keeps drawings within the drawing as they are", () => {
  const nested = standaloneSvg(`<svg width="9"><svg width="4"></svg></svg>`);
  expect(nested.match(/<rect/g)).toHaveLength(1);
  expect(nested).toContain(`<svg width="4"></svg></svg>`);
});

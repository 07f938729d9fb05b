import { describe, expect, test } from "vitest";
import { DARK_THEME, LIGHT_THEME, PAGE_THEME, themeVariables, type Theme } from "./theme.ts";

const THEMES: readonly (readonly [string, Theme])[] = [
  ["light", LIGHT_THEME],
  ["dark", DARK_THEME],
];

describe.each(THEMES)("the %s theme", (_, theme) => {
  test("has series that stand out from the paper (WCAG 2.2: graphics need 3:1)", () => {
    for (const colour of theme.series) expect(contrast(colour, theme.paper)).toBeGreaterThanOrEqual(3);
  });

  test("has text that can be read (WCAG 2.2: 4.5:1)", () => {
    for (const colour of [theme.ink, theme.muted, theme.wrong]) {
      expect(contrast(colour, theme.paper)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("gives every custom property that the page's theme uses", () => {
    const declared = themeVariables(theme);
    const { series, ...others } = PAGE_THEME;
    const used = [...series, ...Object.values<string>(others)].map((value) => value.slice(4, -1));
    expect(used).toHaveLength(5 + LIGHT_THEME.series.length);
    for (const name of used) expect(declared).toContain(`${name}:#`);
  });
});

/** WCAG 2.2, "contrast ratio". */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

import { expect, test } from "vitest";
import { accuracyEpsilonFigure } from "./accuracy-epsilon-figure.ts";
import { exampleResult } from "./testing/example-result.ts";
import { LIGHT_THEME } from "./theme.ts";

test.each([352, 920])(
  "at a width of %i px the labels of eps_ref stand clear of curves at 100 %%",
  (width) => {
    const { markup } = accuracyEpsilonFigure(exampleResult(), { theme: LIGHT_THEME, width });
    const gridLines = [...markup.matchAll(/ d="M54,([\d.]+)H/g)].map(([, y]) => Number(y));
    const labels = [...markup.matchAll(/<text [^>]*\by="([\d.]+)"[^>]*>(?:0\.2|0\.5|1) ε/g)].map(([, y]) =>
      Number(y),
    );
    expect(gridLines.length).toBeGreaterThan(2);
    expect(labels).toHaveLength(3);
    // 3 px of the subscript's descent, 6 px of a marker's half.
    expect(Math.max(...labels)).toBeLessThan(Math.min(...gridLines) - 3 - 6);
  },
);

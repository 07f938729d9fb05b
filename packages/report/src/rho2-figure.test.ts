import type { Result } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { rho2Figure } from "./rho2-figure.ts";
import { exampleResult } from "./testing/example-result.ts";
import { LIGHT_THEME } from "./theme.ts";

/** The figure of one model with this rho2, 80 % of whose images are in the histogram's last bin, from 0.3. */
function figureOf(rho2: number, width: number): string {
  const result = exampleResult();
  const [seed] = result.seeds;
  const model = seed!.models[0]!;
  const robustness = { ...model.robustness, rho2, histogram: { upTo: 0.4, counts: [10, 5, 5, 80] } };
  const changed: Result = { ...result, seeds: [{ ...seed!, models: [{ ...model, robustness }] }] };
  return rho2Figure(changed, { theme: LIGHT_THEME, width }).markup;
}

describe.each([352, 920])("rho2Figure() at a width of %i px", (width) => {
  test("says how many images are in the last bin and beyond, and marks them", () => {
    const markup = figureOf(0.35, width);
    expect(markup).toContain(">80.0 % at 0.3 or more</text>");
    expect(markup.match(/stroke-dasharray="2 2"/g)).toHaveLength(1);
  });

  test.each([0.1, 0.5, 3])("has room for a bar of %d and its number", (rho2) => {
    const markup = figureOf(rho2, width);
    const bar = / x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="15"/.exec(markup);
    const end = Number(bar?.[1]) + Number(bar?.[2]);
    expect(end).toBeGreaterThan(0);
    expect(end).toBeLessThan(width - 14 - 40); // "0.1000" is about 40 px wide
  });

  test("marks nothing where no image is beyond", () => {
    const result = exampleResult();
    const seeds = result.seeds.map((seed) => ({
      ...seed,
      models: seed.models.map((model) => ({
        ...model,
        robustness: { ...model.robustness, histogram: { upTo: 0.4, counts: [10, 5, 5, 0] } },
      })),
    }));
    const { markup } = rho2Figure({ ...result, seeds }, { theme: LIGHT_THEME, width });
    expect(markup).not.toContain("stroke-dasharray");
    expect(markup).not.toContain(" or more</text>");
  });
});

import type { Result } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { describe, expect, test } from "vitest";
import { layOutRho2Bars, nearestRho2Stop } from "../charts/rho2-geometry.ts";
import { nextRho2Stop, rho2Bars, rho2Csv, rho2Reading } from "./rho2-bars.ts";

interface Numbers {
  readonly rho2: number;
  readonly counts: number[];
  readonly fooled: number;
}

/** A result of Vanilla and Deep Defense with these numbers, one pair a seed, in bins 0.1 wide. */
function resultOf(...seeds: readonly (readonly [Numbers, Numbers])[]): Result {
  const example = exampleResult();
  const [, vanilla, , defended] = example.seeds[0]!.models;
  return {
    ...example,
    seeds: seeds.map((numbers, seed) => ({
      ...example.seeds[0]!,
      seed,
      models: [vanilla!, defended!].map((model, i) => {
        const { rho2, counts, fooled } = numbers[i]!;
        const histogram = { upTo: 0.1 * counts.length, counts };
        const robustness = { ...model.robustness, rho2, histogram, fooled: { count: fooled, of: 20 } };
        return { ...model, robustness };
      }),
    })),
  };
}
const PLAIN: Numbers = { rho2: 0.05, counts: [15, 5, 0, 0], fooled: 20 };
const HARD: Numbers = { rho2: 0.25, counts: [5, 5, 8, 2], fooled: 19 };
const bars = rho2Bars(resultOf([PLAIN, HARD]));

describe("rho2Bars()", () => {
  test("has each model's mean, its bins, and the published number beside", () => {
    expect(bars).toMatchObject({ binWidth: 0.1, models: [{ label: "Vanilla" }, { label: "Deep Defense" }] });
    // The last bin has no end: it is never drawn as one.
    expect(bars.end).toBeCloseTo(0.3, 12);
    expect(bars.models.map(({ shares }) => shares)).toEqual([
      [0.75, 0.25, 0],
      [0.25, 0.25, 0.4],
    ]);
    expect(bars.models.map(({ beyond }) => beyond)).toEqual([0, 0.1]);
    expect(bars.models.map(({ fooled }) => fooled)).toEqual([1, 0.95]);
    // The report's own tables.
    expect(bars.models.map(({ published }) => published)).toEqual([0.0392, 0.0554]);
  });

  test("gives the standard deviation over the seeds", () => {
    const [vanilla] = rho2Bars(resultOf([PLAIN, HARD], [{ ...PLAIN, rho2: 0.07, fooled: 10 }, HARD])).models;
    expect(vanilla!.rho2.mean).toBeCloseTo(0.06, 12);
    // sqrt(0.01 ** 2 + 0.01 ** 2)
    expect(vanilla!.rho2.deviation).toBeCloseTo(0.0141421356, 9);
    expect(vanilla!.fooled).toBe(0.75);
  });
});

describe("nextRho2Stop()", () => {
  const walk = (...keys: Parameters<typeof nextRho2Stop>[2][]) =>
    keys.reduce<Parameters<typeof nextRho2Stop>[1]>((at, key) => nextRho2Stop(bars, at, key), null);

  test("begins at the first bar, whatever the key", () => {
    expect(walk("End")).toEqual({ model: 0, part: 0 });
  });

  test("goes through bar, bins and what lies beyond, and stops at the ends", () => {
    expect(walk("End", "ArrowRight")).toEqual({ model: 0, part: 1 });
    expect(walk("End", "ArrowLeft")).toEqual({ model: 0, part: 0 });
    expect(walk("End", "End")).toEqual({ model: 0, part: 4 });
    expect(walk("End", "End", "ArrowRight")).toEqual({ model: 0, part: 4 });
    expect(walk("End", "End", "Home")).toEqual({ model: 0, part: 0 });
  });

  test("goes to the same bin of another model", () => {
    expect(walk("End", "ArrowRight", "ArrowDown")).toEqual({ model: 1, part: 1 });
    expect(walk("End", "ArrowRight", "ArrowDown", "ArrowDown")).toEqual({ model: 1, part: 1 });
    expect(walk("End", "ArrowRight", "ArrowDown", "ArrowUp")).toEqual({ model: 0, part: 1 });
  });
});

test("rho2Reading() says what stands at a stop", () => {
  const said = (model: number, part: number) => rho2Reading(bars, { model, part });
  expect(said(0, 0)).toBe("Vanilla: ρ₂ 0.0500, published 0.0392; 100.0% of images fooled");
  expect(said(1, 3)).toBe("Deep Defense: |Δx| / |x| from 0.2 to 0.3, 40.0% of images");
  expect(said(1, 4)).toBe("Deep Defense: 10.0% of images at 0.3 or more");
});

test("rho2Csv() has a bin a row, and a last one without an end", () => {
  const rows = rho2Csv(bars).split("\r\n");
  expect(rows[0]).toBe("model_id,model,rho2_mean,rho2_sd,rho2_published,from,to,share_of_images");
  expect(rows[1]).toBe("vanilla,Vanilla,0.05,,0.0392,0,0.1,0.75");
  expect(rows[8]).toBe("deep-defense,Deep Defense,0.25,,0.0554,0.3,,0.1");
  expect(rows).toHaveLength(10);
});

describe.each([320, 900])("layOutRho2Bars() at %i px", (width) => {
  const layout = layOutRho2Bars(bars, width);

  test("stands rows under each other, with room for every bar's number", () => {
    expect(layout.rows[1]!.base - 46).toBeGreaterThan(layout.rows[0]!.base + 16);
    for (const { valueX, value } of layout.rows) {
      expect(value).toMatch(/^0\.(05|25)00$/);
      expect(valueX).toBeGreaterThan(layout.left);
      // "0.2500" is about 44 px wide.
      expect(valueX).toBeLessThan(layout.right - 44);
    }
    expect(layout.x(0.3)).toBeLessThan(layout.right - 40);
  });

  test("finds bars and bins under a pointer", () => {
    const { base } = layout.rows[1]!;
    expect(nearestRho2Stop(layout, [layout.x(0.25), base - 5])).toEqual({ model: 1, part: 3 });
    expect(nearestRho2Stop(layout, [layout.right - 2, base - 5])).toEqual({ model: 1, part: 4 });
    expect(nearestRho2Stop(layout, [layout.x(0.25), base + 5])).toEqual({ model: 1, part: 0 });
    expect(nearestRho2Stop(layout, [0, layout.rows[0]!.base - 5])).toEqual({ model: 0, part: 1 });
    expect(nearestRho2Stop(layout, [0, 10_000])).toEqual({ model: 1, part: 0 });
  });
});

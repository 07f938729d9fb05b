import { expect, test } from "vitest";
import { rho2AxisEnd, rho2Hills } from "./rho2-hills.ts";

test("rho2Hills() draws shares as areas, the tallest block 1 high", () => {
  const [hill, other] = rho2Hills(
    {
      binWidth: 0.1,
      end: 0.2,
      models: [
        { shares: [0.5, 0.25], beyond: 0.25 },
        { shares: [1, 0], beyond: 0 },
      ],
    },
    0.6,
  );
  // Per unit of rho: 5, 2.5 and 0.25 / 0.4 = 0.625; the other's first bin has 10.
  expect(hill!.bins.map(({ height }) => height)).toEqual([0.5, 0.25]);
  expect(hill!.rest).toMatchObject({ from: 0.2, to: 0.6, share: 0.25 });
  expect(hill!.rest.height).toBeCloseTo(0.0625, 12);
  expect(other!.bins.map(({ height }) => height)).toEqual([1, 0]);
  expect(other!.rest.height).toBe(0);
});

test("rho2AxisEnd() leaves room behind the longest bar, or behind the bins", () => {
  const bar = [{ rho2: { mean: 0.3, deviation: null } }];
  // 300 of 400 px are the bar's.
  expect(rho2AxisEnd(bar, 0.1, { width: 400, valueRoom: 100 })).toBeCloseTo(0.4, 12);
  // 400 - 44 px are the bins'.
  expect(rho2AxisEnd(bar, 0.89, { width: 400, valueRoom: 100 })).toBeCloseTo(1, 12);
});

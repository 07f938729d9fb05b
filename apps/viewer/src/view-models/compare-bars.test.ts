import type { ChartKey } from "@gambeson/elements";
import { expect, test } from "vitest";
import { compared } from "../testing/compared.ts";
import { barReading, comparedBars, nextBar } from "./compare-bars.ts";

const BARS = comparedBars(
  compared(
    [
      { id: "vanilla", correct: 100, rho2: 0.04 },
      { id: "hard", correct: 90, rho2: 0.1 },
    ],
    [{ id: "vanilla", correct: 80, rho2: 0.08 }],
  ),
);

test("comparedBars() have one scale", () => {
  expect(BARS.end).toBe(0.1);
  expect(BARS.bars.map(barReading)).toEqual([
    "The vanilla, A: ρ₂ 0.0400",
    "The vanilla, B: ρ₂ 0.0800",
    "The hard, A: ρ₂ 0.1000",
  ]);
  expect(BARS.csv()).toBe("model,run,rho2\r\nThe vanilla,A,0.04\r\nThe vanilla,B,0.08\r\nThe hard,A,0.1\r\n");
});

test("nextBar() goes from bar to bar, and stops at the ends", () => {
  const walk = (...keys: ChartKey[]) => keys.reduce<number | null>((at, key) => nextBar(BARS, at, key), null);
  expect(walk("End")).toBe(0);
  expect(walk("End", "ArrowDown")).toBe(1);
  expect(walk("End", "ArrowRight", "ArrowLeft", "ArrowUp")).toBe(0);
  expect(walk("End", "End", "ArrowDown")).toBe(2);
  expect(walk("End", "End", "Home")).toBe(0);
  expect(nextBar({ ...BARS, bars: [] }, null, "Home")).toBeNull();
});

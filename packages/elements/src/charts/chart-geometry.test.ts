import { describe, expect, test } from "vitest";
import { layOutChart, nearestStop, nextStop, readingOf, stopsOf, type ChartKey } from "./chart-geometry.ts";
import type { ChartPoint, LineChart } from "./line-chart.ts";

/** 500 x 300 pixels, of which the plot is x from 58 to 484 and y from 14 to 256: 4.26 and 2.42 px a unit. */
const [WIDTH, HEIGHT] = [500, 300];
const chart = (...lines: (readonly ChartPoint[])[]): LineChart => ({
  title: "Title",
  x: { label: "ε", domain: [0, 100], format: (value) => value.toFixed(1) },
  y: { label: "accuracy", domain: [0, 100], format: (value) => `${value} %` },
  series: lines.map((points, style) => ({ id: `line-${style}`, label: `Line ${style}`, style, points })),
});
const layOut = (of: LineChart) => layOutChart(of, WIDTH, HEIGHT);

describe("layOutChart()", () => {
  test("puts the domain's corners at the plot's", () => {
    const { x, y } = layOut(chart());
    expect([x(0), x(100), y(0), y(100)]).toEqual([58, 484, 256, 14]);
  });

  test("makes room above the plot for a row of references, and for a second where they are close", () => {
    const far = { ...chart(), references: [10, 50, 90].map((x) => ({ x, label: "0.5 ε_ref" })) };
    expect(layOut(far).top).toBe(14 + 17);
    const close = { ...chart(), references: [20, 25].map((x) => ({ x, label: "0.5 ε_ref" })) };
    expect(layOut(close).top).toBe(14 + 2 * 17);
    expect(layOut(close).y(100)).toBe(14 + 2 * 17);
  });
});

describe("stopsOf()", () => {
  test("has every point that stands apart, those straight above each other too", () => {
    const points: ChartPoint[] = [
      [0, 0],
      [0, 50],
      [50, 50],
    ];
    expect(stopsOf({ points }, layOut(chart()))).toEqual([0, 1, 2]);
  });

  test("passes over points within four pixels, but never over the first or the last", () => {
    // 4.26 px a unit across: 0.5 units are 2.1 px.
    const points: ChartPoint[] = [0, 0.5, 1, 1.5, 2, 2.1].map((x) => [x, 0]);
    expect(stopsOf({ points }, layOut(chart()))).toEqual([0, 2, 4, 5]);
    expect(stopsOf({ points: [] }, layOut(chart()))).toEqual([]);
    expect(stopsOf({ points: [[3, 3]] }, layOut(chart()))).toEqual([0]);
  });
});

describe("nearestStop()", () => {
  const two = chart(
    [
      [0, 0],
      [100, 0],
    ],
    [
      [0, 100],
      [100, 100],
    ],
  );

  test("finds the point that is nearest in the drawing", () => {
    const at = (x: number, y: number) => nearestStop(two.series, layOut(two), [x, y]);
    expect(at(60, 250)).toEqual({ series: "line-0", index: 0 });
    expect(at(480, 30)).toEqual({ series: "line-1", index: 1 });
  });

  test("finds none where there is nothing", () => {
    expect(nearestStop([], layOut(two), [0, 0])).toBeNull();
    expect(nearestStop(chart([]).series, layOut(chart([])), [0, 0])).toBeNull();
  });
});

describe("nextStop()", () => {
  const three = chart(
    [
      [0, 0],
      [50, 10],
      [100, 20],
    ],
    [],
    [
      [40, 90],
      [90, 80],
    ],
  );
  const walk = (...keys: ChartKey[]) =>
    keys.reduce<ReturnType<typeof nextStop>>(
      (at, key) => nextStop(three.series, layOut(three), at, key),
      null,
    );

  test("begins at the first line's first point, whatever the key", () => {
    expect(walk("ArrowDown")).toEqual({ series: "line-0", index: 0 });
    expect(walk("End")).toEqual({ series: "line-0", index: 0 });
  });

  test("goes along the line and stops at its ends", () => {
    expect(walk("End", "ArrowRight")).toEqual({ series: "line-0", index: 1 });
    expect(walk("End", "ArrowLeft")).toEqual({ series: "line-0", index: 0 });
    expect(walk("End", "End")).toEqual({ series: "line-0", index: 2 });
    expect(walk("End", "End", "ArrowRight")).toEqual({ series: "line-0", index: 2 });
    expect(walk("End", "End", "Home")).toEqual({ series: "line-0", index: 0 });
  });

  test("goes to another line at about the same x, past lines without points", () => {
    expect(walk("End", "ArrowRight", "ArrowDown")).toEqual({ series: "line-2", index: 0 });
    expect(walk("End", "End", "ArrowDown")).toEqual({ series: "line-2", index: 1 });
    expect(walk("End", "End", "ArrowDown", "ArrowUp")).toEqual({ series: "line-0", index: 2 });
    expect(walk("End", "ArrowUp")).toEqual({ series: "line-0", index: 0 });
  });

  test("is where it was no more when its line is hidden or has become shorter", () => {
    const [first, , last] = three.series;
    const go = (from: { series: string; index: number }, key: ChartKey) =>
      nextStop([first!, last!], layOut(three), from, key);
    expect(go({ series: "line-9", index: 5 }, "ArrowRight")).toEqual({ series: "line-0", index: 0 });
    expect(go({ series: "line-0", index: 77 }, "ArrowLeft")).toEqual({ series: "line-0", index: 1 });
    expect(go({ series: "line-0", index: 77 }, "ArrowDown")).toEqual({ series: "line-2", index: 1 });
    expect(nextStop([], layOut(three), null, "Home")).toBeNull();
  });
});

describe("readingOf()", () => {
  const one = chart([[12.34, 50]]);

  test("says the line, and both numbers with what they are", () => {
    expect(readingOf(one, { series: "line-0", index: 0 })).toBe("Line 0: ε 12.3, accuracy 50 %");
  });

  test("says nothing of what is gone", () => {
    expect(readingOf(one, { series: "line-0", index: 1 })).toBe("");
    expect(readingOf(one, { series: "line-1", index: 0 })).toBe("");
  });
});

import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { drawn, find, readingIn, savedFiles, show } from "../testing/in-page.ts";
import { GambesonLineChart } from "./gambeson-line-chart.ts";

/** A chart, and how often its axes were drawn. */
async function counted(): Promise<{ readonly element: GambesonLineChart; readonly count: () => number }> {
  let count = 0;
  const tick = (value: number) => {
    count++;
    return String(value);
  };
  const element = new GambesonLineChart();
  const axis = { domain: [0, 1], format: String, tick } as const;
  const points = [[0, 0], [0.5, 1], [1, 1]] as const; // prettier-ignore
  element.chart = {
    ...{ title: "Title", x: { label: "x", ...axis }, y: { label: "y", ...axis } },
    series: [
      { id: "a", label: "A", style: 0, points },
      { id: "b", label: "B", style: 1, points },
    ],
  };
  element.cursor = 0.5;
  await show(element);
  return { element, count: () => count };
}

test("going from point to point draws the marks alone", async () => {
  const { element, count } = await counted();
  const before = count();
  expect(before).toBeGreaterThan(0);
  find(element, ".plot").focus();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  element.cursor = 0.25;
  element.hiddenLines = [];
  await drawn(element);
  expect(readingIn(element)).toBe("A: x 0.5, y 1");
  expect(find(element, ".plot circle").getAttribute("r")).toBe("7");
  expect(count()).toBe(before);
});

test("a line that is hidden, another chart and another width are drawn", async () => {
  const { element, count } = await counted();
  const lines = () => element.renderRoot.querySelectorAll(".plot path[stroke-linejoin]").length;
  expect(lines()).toBe(2);
  element.hiddenLines = ["a"];
  await drawn(element);
  expect(lines()).toBe(1);
  const before = count();
  element.parentElement!.style.width = "400px";
  await drawn(element);
  expect(count()).toBeGreaterThan(before);
  expect(find(element, ".plot svg").getAttribute("width")).toBe("400");
  element.chart = { ...element.chart!, series: [] };
  await drawn(element);
  expect(lines()).toBe(0);
});

test("the CSV is written when it is saved, and not before", async () => {
  const { element } = await counted();
  let written = 0;
  element.csv = () => String(++written);
  await drawn(element);
  expect(written).toBe(0);
  const [, , csv] = await savedFiles(element);
  expect(await csv!.blob.text()).toBe("1");
});

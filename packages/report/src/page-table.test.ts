import { expect, test } from "vitest";
import { element } from "./markup.ts";
import { statisticCell } from "./page-table.ts";

test("statisticCell() keeps mean and deviation apart and on one line", () => {
  const cell = element("td", {}, statisticCell({ mean: 0.5, deviation: 0.25 }, String));
  expect(cell.markup).toBe('<td>0.5<span class="deviation">\u00A0±\u00A00.25</span></td>');
});

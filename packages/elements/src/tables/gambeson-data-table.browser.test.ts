import { expect, test } from "vitest";
import { find, findAll, savedFiles, show, violations, type Colours } from "../testing/in-page.ts";
import type { DataTable } from "./data-table.ts";
import { GambesonDataTable } from "./gambeson-data-table.ts";

const TABLE: DataTable = {
  title: "Accuracy.",
  caption: "ε_ref = 0.05, <b>not markup</b>.",
  columns: ["Model", "at 1 ε_ref", "Share", "A column with a long name that is wide", "One more such column"],
  rows: [
    { title: "Plain", style: 0, cells: ["1", { text: "20", detail: "± 3" }, "a", "b"] },
    { title: "published: Plain", kind: "published", cells: ["2", "–", "c", "d"] },
    {
      title: "Hard",
      style: 1,
      cells: [
        { text: "wrong: 3", isWrong: true },
        { text: "4", detail: "100 %", heat: ["accent", 1] },
        { text: "5", detail: "100 %", heat: ["wrong", 1] },
        { text: "6", detail: "1 %", heat: ["wrong", 0.1] },
      ],
    },
  ],
  note: "A note on ε_ref.",
  csv: () => "model,share\r\nPlain,20\r\n",
  tex: () => "\\begin{table}",
};

function tableOf(table: DataTable | null): GambesonDataTable {
  return Object.assign(new GambesonDataTable(), { table, name: "numbers" });
}

test("<gambeson-data-table> has headings of rows and columns, and texts as texts", async () => {
  const element = await show(tableOf(TABLE));
  expect(findAll(element, "thead th").map(({ textContent }) => textContent.trim())).toEqual([
    "Model",
    "at 1 εref",
    ...TABLE.columns.slice(2),
  ]);
  const rows = findAll(element, "tbody tr").map((row) =>
    [...row.children].map(({ textContent }) => textContent.trim()),
  );
  expect(rows[0]).toEqual(["Plain", "1", "20± 3", "a", "b"]);
  expect(rows[1]?.[0]).toBe("published: Plain");
  expect(find(element, "caption").textContent).toContain("<b>not markup</b>");
  expect(findAll(element, "th[scope=row]")).toHaveLength(3);
});

test("<gambeson-data-table> scrolls inside itself where it is too wide, by keyboard too", async () => {
  const element = await show(tableOf(TABLE), 320);
  const region = find(element, ".scroll");
  expect(region.scrollWidth).toBeGreaterThan(region.clientWidth);
  expect(element.scrollWidth).toBeLessThanOrEqual(320);
  expect([region.tabIndex, region.getAttribute("role"), region.ariaLabel]).toEqual([
    0,
    "region",
    "Accuracy.",
  ]);
  region.scrollLeft = 100;
  const [heading, cell] = find(element, "tbody tr").children;
  const left = region.getBoundingClientRect().left;
  expect(heading!.getBoundingClientRect().left).toBeLessThan(left + 4);
  expect(cell!.getBoundingClientRect().left).toBeLessThan(heading!.getBoundingClientRect().right);
});

test.each([320, 500, 760])(
  "<gambeson-data-table> breaks no short name of a row, in %i pixels",
  async (width) => {
    const cells = ["0.9838", "0.9479", "0.9838", "0.9838"];
    const rows = ["0 T-shirt/top", "8 Bag"].map((title) => ({ title, cells }));
    const element = await show(tableOf({ ...TABLE, rows }), width);
    const [long, short] = findAll(element, "tbody th").map((one) => one.getBoundingClientRect().height);
    expect(long).toBe(short);
  },
);

test("<gambeson-data-table> saves CSV and, where there is some, LaTeX", async () => {
  const files = await savedFiles(await show(tableOf(TABLE)));
  expect(files.map(({ name }) => name)).toEqual(["numbers.csv", "numbers.tex"]);
  expect(await files[0]!.blob.text()).toBe(TABLE.csv());
  expect(await files[1]!.blob.text()).toBe(TABLE.tex!());
  const plain = await savedFiles(await show(tableOf({ ...TABLE, tex: null })));
  expect(plain.map(({ name }) => name)).toEqual(["numbers.csv"]);
});

test("<gambeson-data-table> sets rows of one group under its heading", async () => {
  const cells = ["1", "2", "3", "4"];
  const rows = ["Plain", "Plain", "Hard"].map((group, i) => ({ group, title: `Run ${i}`, cells }));
  const element = await show(tableOf({ ...TABLE, rows }), 320);
  const bodies = findAll(element, "tbody");
  expect(bodies.map((body) => findAll(body, "th").map(({ textContent }) => textContent.trim()))).toEqual([
    ["Plain", "Run 0", "Run 1"],
    ["Hard", "Run 2"],
  ]);
  expect(findAll<HTMLTableCellElement>(element, "th[scope=rowgroup]").map(({ colSpan }) => colSpan)).toEqual([
    ...[5, 5],
  ]);
  expect(await violations(element, "light")).toEqual([]);
});

test("<gambeson-data-table> is empty without a table", async () => {
  expect((await show(tableOf(null))).renderRoot.textContent.trim()).toBe("");
});

test.each<Colours>(["light", "dark", "forced"])(
  "<gambeson-data-table> has no axe violation, %s",
  async (colours) => {
    expect(await violations(await show(tableOf(TABLE)), colours)).toEqual([]);
    expect(await violations(await show(tableOf(TABLE), 320), colours)).toEqual([]);
  },
);

import type { ModelResult, Result } from "@gambeson/contract";
import type { Locator } from "playwright";
import { expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { cellsOf } from "../testing/read-table.ts";
import { saveAll } from "../testing/saved-files.ts";
import { ENDLESS, finishTinyRun, submitTinyRun, uploadTinyImages } from "../testing/tiny-run.ts";

describeInABrowser("the comparison", (here) => {
  let [few, many] = [
    { id: "", result: null as unknown as Result },
    { id: "", result: null as unknown as Result },
  ];
  let cancelled: string;

  test("says what to do while there is nothing to compare", async () => {
    const { page, close } = await here.open("/compare");
    await page.getByRole("heading", { level: 1, name: "Compare" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: /start/i }).waitFor();
    await close();
  });

  test("runs are picked from a list that can be searched", async () => {
    const { client } = here.service;
    const dataset = await uploadTinyImages(client);
    few = await finishTinyRun(client, dataset, { name: "Few", epochs: 2 });
    many = await finishTinyRun(client, dataset, { name: "Many", epochs: 12, config: { seeds: [7] } });
    ({ id: cancelled } = await submitTinyRun(client, dataset, { name: "Stopped", ...ENDLESS }));
    await client.runs.cancel(cancelled);

    const { page, close } = await here.open("/compare");
    await page.getByRole("checkbox", { name: /Few/ }).check();
    await page.getByText("Pick another run").waitFor();
    await page.getByLabel("Search").fill("man");
    await page.getByRole("checkbox", { name: /Many/ }).check();
    await page.getByRole("table", { name: /What differs from the baseline/ }).waitFor();
    expect(new URL(page.url()).searchParams.get("runs")).toBe(`${few.id},${many.id}`);
    await page.goBack();
    await page.getByText("Pick another run").waitFor();
    await page.goForward();
    await page.getByRole("table", { name: /What differs from the baseline/ }).waitFor();
    await close();
  });

  test("differences have their right sign, whichever run is the baseline", async () => {
    const { page, close } = await here.open(`/compare?runs=${few.id},${many.id}`);
    const table = page.getByRole("table", { name: /What differs from the baseline/ });
    await table.waitFor();
    await expectDifferences(table, { Few: few.result, Many: many.result }, "Few");
    await page.getByRole("radio", { name: /^Many .*baseline/ }).check();
    await expect.poll(() => new URL(page.url()).searchParams.get("baseline")).toBe(many.id);
    await expectDifferences(table, { Few: few.result, Many: many.result }, "Many");
    // The list of runs beside it says how long ago each was.
    const comparison = page.locator("gambeson-comparison");
    const before = await comparison.ariaSnapshot();
    await page.reload();
    await table.waitFor();
    await expect.poll(() => comparison.ariaSnapshot()).toBe(before);
    expect(await page.getByRole("radio", { name: /^Many .*baseline/ }).isChecked()).toBe(true);
    await close();
  });

  test("names what differs in the settings, and nothing else", async () => {
    const { page, close } = await here.open(`/compare?runs=${few.id},${many.id}`);
    const settings = page.getByRole("table", { name: /Settings that differ/ });
    await settings.waitFor();
    const names = await settings.getByRole("rowheader").allInnerTexts();
    expect(names).toEqual(["Seeds", "Pre-training, Epochs"]);
    expect(await cellsOf(settings, names[1]!)).toEqual(["2", "12"]);
    await close();
  });

  test("draws all runs on the same axes: any model, any class, any images", async () => {
    const { page, close } = await here.open(`/compare?runs=${few.id},${many.id}`);
    await page.getByRole("table", { name: /What differs/ }).waitFor();
    await page.getByRole("combobox", { name: "Model" }).selectOption("vanilla");
    await page.getByRole("combobox", { name: "Class" }).selectOption("2");
    await page.getByRole("combobox", { name: "Images" }).selectOption("own");
    for (const [key, value] of [
      ["model", "vanilla"],
      ["class", "2"],
      ["images", "own"],
    ] as const) {
      expect(new URL(page.url()).searchParams.get(key)).toBe(value);
    }
    const auc = page.getByRole("table", { name: /^AUC of Vanilla/ });
    const [own, other] = [few, many].map(({ result }) => modelOf(result, "vanilla").roc.own[2]!.auc!);
    const cells = (await cellsOf(auc, "2 class 2")).map((text) => text.replaceAll(/\s+/g, " "));
    expect(cells[0]).toContain(own!.toFixed(4));
    expect(cells[1]).toMatch(new RegExp(`^${other!.toFixed(4)} ?[+-]?${Math.abs(other! - own!).toFixed(4)}`));
    const files = await saveAll(page, page.getByRole("main"));
    expect(new Set(files.map(({ form }) => form))).toEqual(new Set(["SVG", "PNG", "CSV", "LaTeX"]));
    await close();
  });

  test("leaves out, and names, runs that are gone or have not finished", async () => {
    const { page, close } = await here.open(
      `/compare?runs=${few.id},r0000000000000000000,${cancelled},${many.id}`,
    );
    await page.getByRole("table", { name: /What differs/ }).waitFor();
    await page.getByText(/There is no run “r0000000000000000000”/).waitFor();
    await page.getByText(/“Stopped” was not finished/).waitFor();
    await close();
  });
});

function modelOf({ seeds }: Result, id: string): ModelResult {
  return seeds[0]!.models.find((model) => model.id === id)!;
}

/** Every row of a table of differences, against numbers worked out of the results. */
async function expectDifferences(
  table: Locator,
  runs: Readonly<Record<string, Result>>,
  baseline: string,
): Promise<void> {
  for (const { id, label } of runs[baseline]!.seeds[0]!.models) {
    for (const [name, result] of Object.entries(runs)) {
      const [own, other] = [modelOf(result, id), modelOf(runs[baseline]!, id)];
      const [share, otherShare] = [own, other].map(({ accuracy: { count, of } }) => (100 * count) / of);
      const rho = own.robustness.rho2;
      const isBaseline = name === baseline;
      const group = table
        .getByRole("rowgroup")
        .filter({ has: table.page().getByRole("rowheader", { name: label, exact: true }) });
      await expect
        .poll(async () =>
          (await cellsOf(group, isBaseline ? `${name} (baseline)` : name))
            .slice(0, 4)
            .map((text) => text.replaceAll(/\s+/g, " ")),
        )
        .toEqual([
          `${share!.toFixed(2)}%`,
          isBaseline ? "–" : signed(share! - otherShare!, 2),
          rho.toFixed(4),
          isBaseline ? "–" : expect.stringContaining(signed(rho - other.robustness.rho2, 4)),
        ]);
    }
  }
}

/** "+1.20", "-0.03", "0.00" */
function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "-" : "+"}${text}`;
}

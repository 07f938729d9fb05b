import type { ExperimentConfigInput } from "@gambeson/contract";
import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { saveAll } from "../testing/saved-files.ts";
import { finishTinyRun, submitTinyRun, uploadTinyImages } from "../testing/tiny-run.ts";

/** Breaks a page that takes it for markup. */
const HOSTILE = `<img src=x onerror="document.title='broken'"> & {{1+1}} =1+1`;
const LABEL = `<svg onload="document.title='broken'">"'& \\input{x}`;
/** A spreadsheet would take it for one. */
const FORMULA = "=1+1";
const TAG = `<b onclick=alert(1)>tag</b>`;

describeInABrowser("text from others", (here) => {
  let id: string;
  let other: string;

  beforeAll(async () => {
    const dataset = await uploadTinyImages(here.service.client, HOSTILE);
    const config: ExperimentConfigInput = {
      title: HOSTILE,
      regimes: [
        { kind: "vanilla", label: LABEL, epochs: 1 },
        { kind: "deep-defense", label: FORMULA, epochs: 1 },
      ],
    };
    ({ id } = await finishTinyRun(here.service.client, dataset, { name: HOSTILE, tags: [TAG], config }));
    ({ id: other } = await finishTinyRun(here.service.client, dataset, { name: `${HOSTILE} 2`, config }));
    await here.service.client.runs.change(id, {
      notes: `${HOSTILE}\n<script>document.title='broken'</script>`,
    });
  });

  test.each([
    ["the list of runs", "/", HOSTILE],
    ["the form", "/new?name=HOSTILE&tags=TAG&preset=quick", "Tiny"],
    ["a run's page", "/runs/RUN", LABEL],
    ["the comparison", "/compare?runs=RUN,OTHER", HOSTILE],
    ["the playground", "/play?run=RUN", LABEL],
    ["the playground with DeepFool", "/play?run=RUN&attack=deepfool", LABEL],
  ])("is text in %s", async (_, path, wanted) => {
    const address = path
      .replace("RUN", id)
      .replace("OTHER", other)
      .replace("HOSTILE", encodeURIComponent(HOSTILE))
      .replace("TAG", encodeURIComponent(TAG));
    const { page, close } = await here.open(address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    if (wanted !== "Tiny") await page.getByText(wanted).filter({ visible: true }).first().waitFor();
    else await page.getByText(/^Takes about /).waitFor();
    await expect.poll(() => strangersIn(page)).toEqual([]);
    expect(await page.title()).toMatch(/^Gambeson: /);
    await close();
  });

  test("is text in what is saved, and in the dialogs", async () => {
    const { page, close } = await here.open(`/runs/${id}`);
    await page.getByRole("heading", { level: 3, name: "Methods" }).waitFor();
    const files = await saveAll(page, page.getByRole("main"));
    const labelled = files.filter(({ text, form }) => form === "SVG" && text.includes("&lt;svg onload"));
    expect(labelled.length).toBeGreaterThan(1);
    for (const { text, form, what } of files) {
      if (form === "SVG") expect(text, what).not.toMatch(/<svg onload|<img/);
      if (form === "LaTeX") expect(text, what).not.toContain("\\input{x}");
      if (form === "CSV") expect(text, what).not.toMatch(/(^|,)"?=/m);
    }
    await page.getByRole("button", { name: /^Delete/ }).click();
    await page.getByRole("dialog").getByText(HOSTILE).waitFor();
    await page.getByRole("button", { name: "Keep it" }).click();
    expect(await strangersIn(page)).toEqual([]);
    await close();
  });

  test("is text while a run goes on: in its tasks, its log, its curves", async () => {
    const { runs } = await here.service.client.runs.list({ limit: 1 });
    const { dataset } = runs[0]!;
    const config: ExperimentConfigInput = {
      regimes: [{ kind: "deep-defense", label: LABEL, epochs: 300, batchSize: 20 }],
    };
    const run = await submitTinyRun(here.service.client, dataset, { name: HOSTILE, config });
    const { page, close } = await here.open(`/runs/${run.id}`);
    await page.getByRole("log").getByText(LABEL).first().waitFor();
    expect(await strangersIn(page)).toEqual([]);
    expect(await page.title()).toMatch(/^Gambeson: /);
    await here.service.client.runs.cancel(run.id);
    await close();
  });
});

/** Elements that only markup in a text could have made, anywhere in the page. */
function strangersIn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const look = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll("*")) {
        if (element.matches("img[src=x], [onerror], [onload], [onclick], script:not([src])")) {
          found.push(element.outerHTML);
        }
        if (element.shadowRoot !== null) look(element.shadowRoot);
      }
    };
    look(document);
    return found;
  });
}

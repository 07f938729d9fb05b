import { aucCsv, tableCsv } from "@gambeson/report";
import { expect, test } from "vitest";
import { describeFinishedRun } from "../testing/describe-finished-run.ts";
import { saveAll } from "../testing/saved-files.ts";

const IMAGES_PER_PAGE = 12;

describeFinishedRun("the images and files of a finished run", (run) => {
  test("pages through the whole test set, filtered by model, class and whether it was fooled", async () => {
    const { page, close } = await run.open("?from=99999");
    const { client } = run.surroundings.service;
    const pictures = page.locator("gambeson-image-panel"); // It is slotted: no descendant of the section.
    const items = pictures.getByRole("listitem").filter({ has: page.locator("canvas, img") });
    await expect.poll(() => items.count()).toBe(IMAGES_PER_PAGE);
    await pictures.getByText("All 40 test images.").waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("");

    await pictures.getByRole("combobox", { name: "Model" }).selectOption("deep-defense");
    await pictures.getByRole("combobox", { name: "True class" }).selectOption("2");
    await pictures.getByRole("combobox", { name: "DeepFool" }).selectOption("true");
    const query = { model: "deep-defense", class: 2, fooled: true } as const;
    const { total, images } = await client.runs.images(run.id, { ...query, limit: IMAGES_PER_PAGE });
    await pictures.getByText(`${total} of 40 test images: true class class 2, fooled by DeepFool.`).waitFor();
    await expect.poll(() => items.count()).toBe(Math.min(total, IMAGES_PER_PAGE));
    const first = images[0]!;
    await pictures
      .getByRole("img", {
        name: new RegExp(
          `^No\\. ${first.index}, DeepFool: true class class 2; predicted class ${first.deepFool.predicted} ${(100 * first.deepFool.probability).toFixed(1)}%`,
        ),
      })
      .waitFor();

    await pictures.getByRole("combobox", { name: "True class" }).selectOption("");
    await pictures.getByRole("combobox", { name: "DeepFool" }).selectOption("");
    await pictures.getByRole("button", { name: "Next" }).click();
    await pictures.getByRole("img", { name: /^No\. 12, original/ }).waitFor();
    const address = page.url();
    await pictures.getByRole("button", { name: "Last" }).click();
    await pictures.getByRole("img", { name: /^No\. 39, original/ }).waitFor();
    expect(await pictures.getByRole("button", { name: "Next" }).isDisabled()).toBe(true);
    await page.goBack();
    await pictures.getByRole("img", { name: /^No\. 12, original/ }).waitFor();
    expect(page.url()).toBe(address);
    await pictures.getByLabel("From no.").fill("30");
    await pictures.getByRole("button", { name: "Go" }).click();
    await pictures.getByRole("img", { name: /^No\. 30, original/ }).waitFor();
    await page.reload();
    await pictures.getByRole("img", { name: /^No\. 30, original/ }).waitFor();
    await close();
  });

  test("shows what the attack changed, made larger by a slider", async () => {
    const { page, close } = await run.open();
    const pictures = page.locator("gambeson-image-panel"); // It is slotted: no descendant of the section.
    await pictures.getByRole("img", { name: /^No\. 0, original/ }).waitFor();
    await pictures.getByRole("checkbox", { name: "Show what the attack changed" }).setChecked(true);
    const change = pictures.getByRole("img", { name: /^No\. 0: what DeepFool changed/ });
    await change.waitFor();
    const slider = pictures.getByRole("slider", { name: /larger/ });
    const painted = () => change.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    await slider.focus();
    await page.keyboard.press("Home");
    await pictures.getByRole("img", { name: "No. 0: what DeepFool changed, 1 times as large" }).waitFor();
    const small = await painted();
    await page.keyboard.press("End");
    await pictures.getByRole("img", { name: "No. 0: what DeepFool changed, 50 times as large" }).waitFor();
    expect(await painted()).not.toBe(small);
    await page.waitForURL(/amplify=50/);
    await page.reload();
    await pictures.getByRole("img", { name: "No. 0: what DeepFool changed, 50 times as large" }).waitFor();
    await close();
  });

  test("shows FGS's images at any epsilon", async () => {
    const { page, close } = await run.open();
    const pictures = page.locator("gambeson-image-panel"); // It is slotted: no descendant of the section.
    const slider = pictures.getByRole("slider", { name: /FGS/ });
    await slider.focus();
    await page.keyboard.press("Home");
    await pictures.getByRole("img", { name: /^No\. 0, FGS, ε 0\.0000/ }).waitFor();
    const painted = (view: string) =>
      pictures
        .getByRole("img", { name: new RegExp(`^No\\. 0, ${view}`) })
        .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    await expect.poll(() => painted("FGS")).toBe(await painted("original"));
    await page.keyboard.press("End");
    await expect.poll(() => painted("FGS")).not.toBe(await painted("original"));
    await close();
  });

  test("saves every chart and table as files that hold the same numbers", async () => {
    const { page, close } = await run.open("?class=1&images=own&all=true");
    const files = await saveAll(page, page.getByRole("main"));
    const csvOf = (what: RegExp) =>
      files.find(({ what: name, form }) => form === "CSV" && what.test(name))?.text;
    const forms = new Map<string, string[]>();
    for (const { what, form } of files) forms.set(what, [...(forms.get(what) ?? []), form]);
    for (const [what, saved] of forms) {
      expect(
        [
          ["SVG", "PNG", "CSV"],
          ["CSV", "LaTeX"],
          ["SVG", "PNG", "CSV", "LaTeX"],
        ],
        what,
      ).toContainEqual(saved);
    }
    expect(forms.size).toBeGreaterThanOrEqual(9);
    expect(csvOf(/robustness/)).toBe(tableCsv(run.result));
    expect(csvOf(/^AUC/)).toBe(aucCsv(run.result, ["own"]));

    const curve = rows(csvOf(/^Accuracy under FGS/)!);
    expect(curve[0]).toEqual(["epsilon", ...run.models.map(({ label }) => label)]);
    for (const [at, epsilon] of run.models[0]!.curve!.epsilons.entries()) {
      const numbers = curve[at + 1]!.map(Number);
      expect(numbers[0]).toBeCloseTo(epsilon, 12);
      expect(numbers.slice(1)).toEqual(run.models.map(({ curve: own }) => own!.correct[at]! / own!.of));
    }
    await close();
  });

  test("gives the report as one page, and the result's files", async () => {
    const { page, close } = await run.open();
    for (const [link, name] of [
      ["Save the report", /\.html$/],
      ["Save result.json", /\.json$/],
    ] as const) {
      const waiting = page.waitForEvent("download");
      await page.getByRole("link", { name: link }).click();
      expect((await waiting).suggestedFilename()).toMatch(name);
    }
    await page.getByRole("link", { name: "Report as one page" }).click();
    await page.waitForURL(/\/report\.html$/);
    await page.getByRole("heading", { level: 1, name: "Tiny: Tiny models" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Finished" }).waitFor();
    await close();
  });

  test("keeps how it went: every task, and a log from the beginning", async () => {
    const { page, close } = await run.open();
    await page.getByText(/^How it went/).click();
    const tasks = page.getByRole("list", { name: /tasks done$/ }).getByRole("listitem");
    await tasks.first().waitFor();
    const { tasks: known } = await run.surroundings.service.client.runs.get(run.id);
    expect(await tasks.count()).toBe(known.length);
    const log = page.getByRole("log");
    await log.getByText("Submitted").waitFor();
    await log
      .getByText(/finished/i)
      .last()
      .waitFor();
    await close();
  });

  test("says so where there is no such run", async () => {
    const { page, close } = await run.surroundings.open("/runs/r0000000000000000000", {
      mayGoWrong: [/404/],
    });
    await page.getByRole("heading", { level: 1, name: "There is no such run" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "All runs" }).click();
    await page.getByRole("heading", { level: 1, name: "Runs" }).waitFor();
    await close();
  });
});

/** Of a CSV file without quoted cells. */
function rows(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
}

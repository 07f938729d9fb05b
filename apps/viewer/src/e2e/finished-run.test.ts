import type { RocOfClass } from "@gambeson/contract";
import { expect, test } from "vitest";
import { describeFinishedRun } from "../testing/describe-finished-run.ts";
import { cellsOf, percent, section } from "../testing/read-table.ts";

describeFinishedRun("the page of a finished run", (run) => {
  test("says what result.json says: accuracy, rho2, accuracy at eps_ref, AUC, confusion", async () => {
    const { page, close } = await run.open();
    const robustness = section(page, "Results").getByRole("table", { name: /Accuracy and robustness/ });
    for (const model of run.models) {
      const {
        label,
        accuracy,
        robustness: { rho2 },
        accuracyAt,
      } = model;
      expect(await cellsOf(robustness, label)).toEqual([
        percent(accuracy, 2),
        rho2.toFixed(4),
        ...accuracyAt!.map((at) => percent(at.accuracy, 2)),
      ]);
    }
    for (const [k, name] of run.result.dataset.classNames.entries()) {
      const row = await cellsOf(section(page, "ROC").getByRole("table", { name: /AUC/ }), `${k} ${name}`);
      expect(row).toEqual(run.models.map(({ roc }) => areaUnder(roc.transferred[k]!).toFixed(4)));
      const counts = await cellsOf(section(page, "Confusion").getByRole("table"), `${k} ${name}`);
      expect(counts.map((text) => Number.parseInt(text, 10))).toEqual(run.models[0]!.confusion[k]);
    }
    await close();
  });

  test("writes numbers as its words are, in English, whatever the reader's language", async () => {
    const { page, close } = await run.open("", { locale: "de-DE" });
    const table = section(page, "Results").getByRole("table", { name: /Accuracy and robustness/ });
    const vanilla = run.models.find((model) => model.id === "vanilla")!;
    expect((await cellsOf(table, "Vanilla")).slice(0, 2)).toEqual([
      percent(vanilla.accuracy, 2),
      vanilla.robustness.rho2.toFixed(4),
    ]);
    await close();
  });

  test("reads every model's accuracy at an epsilon, by keys and by mouse the same; the address keeps it", async () => {
    const { page, close } = await run.open();
    const results = section(page, "Results");
    const slider = results.getByRole("slider");
    const { epsilons, of } = run.models[0]!.curve!;
    const wanted = (at: number) =>
      run.models.map(({ curve }) => percent({ count: curve!.correct[at]!, of }, 1));
    const read = () =>
      results.getByRole("table").filter({ hasNotText: "ρ₂" }).getByRole("cell").allInnerTexts();

    await slider.focus();
    await page.keyboard.press("Home");
    expect(await slider.getAttribute("aria-valuetext")).toMatch(
      /^ε 0\.0000: Pre-trained \d+\.\d%, Vanilla \d+\.\d%, /,
    );
    expect(await read()).toEqual(wanted(0));
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await read()).toEqual(wanted(3));
    const byKeys = await slider.getAttribute("aria-valuetext");
    expect(byKeys).toContain(`ε ${epsilons[3]!.toFixed(4)}: `);

    const plot = results.getByRole("application");
    await plot.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await plot.boundingBox())!;
    await page.mouse.move(x + width - 20, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + 0.6 * width, y + height / 2, { steps: 4 });
    // To where the axis has the third epsilon: it runs from 58 pixels after the left edge to 16 before the right one.
    await page.mouse.move(x + 58 + ((width - 74) * epsilons[3]!) / epsilons.at(-1)!, y + height / 2, {
      steps: 4,
    });
    await page.mouse.up();
    expect(await slider.getAttribute("aria-valuetext")).toBe(byKeys);
    expect(await read()).toEqual(wanted(3));

    const kept = () => Number(new URL(page.url()).searchParams.get("epsilon"));
    await expect.poll(kept).toBeCloseTo(epsilons[3]!, 4);
    await page.reload();
    await slider.waitFor();
    expect(await slider.getAttribute("aria-valuetext")).toBe(byKeys);
    await close();
  });

  test("walks a chart's points by arrow keys, and reads each out", async () => {
    const { page, close } = await run.open();
    const plot = section(page, "Results").getByRole("application");
    const reading = section(page, "Results").locator("[aria-live=polite]").first();
    const { epsilons, correct, of } = run.models[0]!.curve!;
    const said = (at: number) =>
      `Pre-trained: ε of FGS ${epsilons[at]!.toFixed(4)}, accuracy ${percent({ count: correct[at]!, of }, 1)}`;
    await plot.focus();
    await page.keyboard.press("ArrowRight");
    expect(await reading.innerText()).toBe(said(0));
    await page.keyboard.press("ArrowRight");
    expect(await reading.innerText()).toBe(said(1));
    await page.keyboard.press("End");
    expect(await reading.innerText()).toBe(said(8));
    await page.keyboard.press("ArrowDown");
    expect(await reading.innerText()).toMatch(/^Vanilla: /);
    await close();
  });

  test("keeps what is chosen of the ROC curves, and the lines hidden, in the address", async () => {
    const { page, close } = await run.open();
    const roc = section(page, "ROC");
    await roc.getByRole("combobox", { name: "Class" }).selectOption("1");
    await roc.getByRole("combobox", { name: "Images" }).first().selectOption("own");
    await roc.getByRole("checkbox", { name: /corner/ }).check();
    await roc.getByRole("checkbox", { name: /^Vanilla/ }).uncheck();
    const own = run.models.map((model) => areaUnder(model.roc.own[1]!).toFixed(4));
    expect(await cellsOf(roc.getByRole("table", { name: /AUC/ }), "1 class 1")).toEqual(own);
    await roc.getByText(`AUC ${own[0]}`).first().waitFor();

    await page.getByText("All 40 test images.").waitFor();
    const before = await page.getByRole("main").ariaSnapshot();
    await page.reload();
    await roc.getByRole("checkbox", { name: /^Vanilla/ }).waitFor();
    await expect.poll(() => page.getByRole("main").ariaSnapshot()).toBe(before);
    expect(await roc.getByRole("combobox", { name: "Class" }).inputValue()).toBe("1");
    expect(await roc.getByRole("checkbox", { name: /^Vanilla/ }).isChecked()).toBe(false);
    await close();
  });

  test("shows all classes at once, each of which can be chosen", async () => {
    const { page, close } = await run.open();
    const roc = section(page, "ROC");
    await roc.getByRole("checkbox", { name: "All classes" }).check();
    const classes = roc.getByRole("list", { name: "Classes" }).getByRole("button");
    expect(await classes.count()).toBe(run.result.dataset.classNames.length);
    await classes.nth(3).click();
    expect(await roc.getByRole("combobox", { name: "Class" }).inputValue()).toBe("3");
    await page.reload();
    await classes.nth(3).waitFor();
    expect(await classes.nth(3).getAttribute("aria-pressed")).toBe("true");
    await close();
  });
});

/** By trapezoids, so that ties count half. */
function areaUnder({ falsePositives, truePositives, positives, negatives }: RocOfClass): number {
  const area = falsePositives.reduce((sum, x, i) => {
    const before = Math.max(0, i - 1);
    return sum + ((x - falsePositives[before]!) * (truePositives[i]! + truePositives[before]!)) / 2;
  }, 0);
  return area / (positives * negatives);
}

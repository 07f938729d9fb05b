import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import { cdp } from "vitest/browser";
import { drawn, find, findAll, show, violations } from "../testing/in-page.ts";
import { handResult } from "../testing/hand-result.ts";
import { GambesonReport } from "./gambeson-report.ts";
import type { ReportView } from "./report-view.ts";

const SECTIONS = [
  ...["Results", "Robustness", "Pictures", "ROC"],
  ...["Training", "Confusion", "Diagnostics", "Methods"],
];

function reportOf(more: Partial<GambesonReport> = {}): GambesonReport {
  return Object.assign(new GambesonReport(), { result: handResult(), ...more });
}

/** All that is chosen in a report, as its page hears it. */
function heardFrom(report: GambesonReport): ReportView[] {
  const heard: ReportView[] = [];
  report.addEventListener("view-change", (event) => heard.push((event as CustomEvent<ReportView>).detail));
  return heard;
}

function choose(select: HTMLSelectElement, index: number): void {
  select.selectedIndex = index;
  select.dispatchEvent(new Event("change"));
}

test("<gambeson-report> leads to each section by a button", async () => {
  const report = await show(reportOf());
  const buttons = findAll(report, "nav button");
  expect(buttons.map(({ textContent }) => textContent.trim())).toEqual(SECTIONS);
  buttons[6]!.click();
  expect(report.shadowRoot?.activeElement?.textContent).toBe("Diagnostics");
});

test("<gambeson-report> tells what is chosen, and shows what it is told", async () => {
  const report = await show(reportOf());
  const heard = heardFrom(report);
  choose(find(find(report, "gambeson-confusion-matrix"), "select"), 1);
  await drawn(report);
  expect(heard).toEqual([{ model: "deep-defense" }]);
  // The pictures are the same model's.
  expect(findAll<HTMLSelectElement>(report, "section select")[0]?.selectedIndex).toBe(1);

  choose(findAll<HTMLSelectElement>(find(report, "gambeson-roc-curve"), "select")[1]!, 2);
  expect(heard.at(-1)).toEqual({ images: "own" });
  await drawn(report);
  expect(find<HTMLElement & { images: string }>(report, "gambeson-auc-table").images).toBe("own");
  expect(report.view).toEqual({ model: "deep-defense", images: "own" });

  report.view = { epsilon: 0.2, class: 2, amplify: 50, difference: false, hidden: ["vanilla"], zoom: true };
  await drawn(report);
  expect(find<HTMLElement & { epsilon: number }>(report, "gambeson-accuracy-curve").epsilon).toBe(0.2);
  const roc = find<HTMLElement & { isZoomed: boolean; classIndex: number }>(report, "gambeson-roc-curve");
  expect([roc.isZoomed, roc.classIndex]).toEqual([true, 2]);
  expect(findAll(report, "canvas.difference")).toHaveLength(0);
  expect(findAll<HTMLSelectElement>(report, "section select")[0]?.selectedIndex).toBe(0);
});

test("<gambeson-report> bears a view of another result", async () => {
  const report = await show(reportOf({ view: { class: 99, model: "gone", epsilon: 9 } }));
  expect(findAll(report, "section")).toHaveLength(SECTIONS.length);
  expect(findAll(report, "canvas").length).toBeGreaterThan(0);
});

test("<gambeson-report> warns of synthetic images, and of nothing else", async () => {
  const result = handResult();
  expect(findAll(await show(reportOf()), ".warning")).toHaveLength(0);
  const synthetic = { ...result, dataset: { ...result.dataset, synthetic: true } };
  const warning = find(await show(reportOf({ result: synthetic })), ".warning");
  expect(warning.getAttribute("role")).toBe("alert");
  expect(warning.textContent).toContain("Synthetic images");
});

test("<gambeson-report> gives the place of its pictures to the page", async () => {
  const report = reportOf();
  report.innerHTML = `<p slot="images">All images of the test set</p>`;
  await show(report);
  const grids = () => findAll(report, "gambeson-image-grid").length;
  expect(grids()).toBe(0);
  expect(report.querySelector("p")!.getClientRects()).toHaveLength(1);
  const [own] = [...report.children];
  own!.remove();
  await drawn(report);
  expect(grids()).toBe(1);
  report.append(own!);
  await drawn(report);
  expect(grids()).toBe(0);
});

test("the bar of sections never lies over what the focus comes to", async () => {
  const report = await show(reportOf({ result: exampleResult() }));
  const bar = find(report, "nav");
  // As on a wide page.
  Object.assign(bar.style, { position: "sticky", top: "0" });
  for (const button of findAll(report, "gambeson-save-buttons").flatMap((one) => findAll(one, "button"))) {
    // In sight for the browser, but under the bar.
    scrollBy(0, button.getBoundingClientRect().top - 5);
    button.focus();
    const { top } = button.getBoundingClientRect();
    expect(top).toBeGreaterThanOrEqual(bar.getBoundingClientRect().bottom);
    button.blur();
  }
});

test("<gambeson-report> is printed without what can only be pressed, with what was chosen as words", async () => {
  const report = await show(reportOf({ view: { hidden: ["vanilla"] } }));
  await cdp().send("Emulation.setEmulatedMedia", { media: "print" });
  try {
    const seen = (selector: string) =>
      findAll(report, selector).filter((one) => one.getClientRects().length > 0);
    expect(seen("button, input")).toEqual([]);
    expect(seen("select").map((select) => getComputedStyle(select).borderTopWidth)).toContain("0px");
    expect(seen("nav")).toEqual([]);
    const keys = findAll(find(report, "gambeson-training-curves"), "li");
    expect(keys.map((key) => key.getClientRects().length)).toEqual([0, 1, 0, 1]);
  } finally {
    await cdp().send("Emulation.setEmulatedMedia", { media: "" });
  }
});

test("<gambeson-report> says of a figure but once what its lines are", async () => {
  const report = await show(reportOf());
  const words = findAll(report, "section").flatMap((section) =>
    [section, ...findAll(section, ".note")].map(({ textContent }) => textContent),
  );
  expect(words.join(" ").match(/Dashed: the images trained on/gi)).toHaveLength(1);
  expect(words.join(" ").match(/hills/gi)).toHaveLength(1);
});

test("<gambeson-report> is no wider than a phone", async () => {
  const report = await show(reportOf({ result: exampleResult() }), 328);
  expect(report.scrollWidth).toBeLessThanOrEqual(328);
});

test.each(["light", "dark", "forced"] as const)(
  "<gambeson-report> has no axe violation, %s",
  async (colours) => {
    expect(await violations(await show(reportOf()), colours)).toEqual([]);
  },
);

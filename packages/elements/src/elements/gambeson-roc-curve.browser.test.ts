import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { handResult } from "../testing/hand-result.ts";
import {
  clashes,
  drawn,
  find,
  findAll,
  parseDrawing,
  pngSize,
  readingIn,
  savedFiles,
  show,
  violations,
} from "../testing/in-page.ts";
import { GambesonRocCurve } from "./gambeson-roc-curve.ts";

async function rocCurve(
  properties: Partial<GambesonRocCurve> = {},
  width?: number,
): Promise<GambesonRocCurve> {
  const element = Object.assign(new GambesonRocCurve(), { result: handResult() }, properties);
  return show(element, width);
}

/** What an element tells, as it tells it. */
function toldBy(element: Element): [string, unknown][] {
  const told: [string, unknown][] = [];
  for (const name of ["class-change", "images-change", "zoom-change", "all-change", "hidden-lines-change"]) {
    element.addEventListener(name, (event) => told.push([name, (event as CustomEvent).detail]));
  }
  return told;
}

test("arrow keys walk a curve's steps and ties, and read each out", async () => {
  const element = await rocCurve();
  find(element, ".plot").focus();
  const readings: string[] = [];
  for (let i = 0; i < 5; i++) {
    await userEvent.keyboard("{ArrowRight}");
    readings.push(readingIn(element));
  }
  const said = (fpr: string, tpr: string) => `Plain: false positive rate ${fpr}, true positive rate ${tpr}`;
  expect(readings).toEqual([
    said("0.0000", "0.0000"),
    said("0.0000", "0.5000"),
    said("0.1000", "0.5000"),
    said("0.3000", "1.0000"),
    said("1.0000", "1.0000"),
  ]);
});

test("begins with the config's class, on square axes, with AUCs in the key", async () => {
  const element = await rocCurve();
  expect(find<HTMLSelectElement>(element, "select").value).toBe("2");
  expect(findAll(element, ".value").map((value) => value.textContent)).toEqual(["AUC 0.9000", "AUC 1.0000"]);
  const { width, height } = find(element, ".plot svg").getBoundingClientRect();
  expect(width).toBe(height);
});

test("class, images, corner and small charts are chosen, and told", async () => {
  const element = await rocCurve();
  const told = toldBy(element);
  const [classes, images] = findAll<HTMLSelectElement>(element, "select");
  await userEvent.selectOptions(classes!, "3");
  await userEvent.selectOptions(images!, "own");
  const [zoom, all] = findAll(element, ".choices input");
  zoom!.click();
  all!.click();
  await drawn(element);
  const small = findAll(element, ".all button");
  expect(small).toHaveLength(10);
  expect(small.map((button) => button.getAttribute("aria-pressed")).indexOf("true")).toBe(3);
  small[7]!.focus();
  await userEvent.keyboard("{Enter}");
  await drawn(element);
  expect(told).toEqual([
    ["class-change", 3],
    ["images-change", "own"],
    ["zoom-change", true],
    ["all-change", true],
    ["class-change", 7],
  ]);
  expect(classes!.value).toBe("7");
  expect(find(element, ".plot").getAttribute("aria-label")).toMatch(
    /^ROC of class 7, Sneaker, against the rest/,
  );
});

test("the corner has only what lies in it", async () => {
  const element = await rocCurve({ isZoomed: true });
  find(element, ".plot").focus();
  await userEvent.keyboard("{ArrowRight}");
  // The other curve passes the corner by.
  expect(readingIn(element)).toMatch(/false positive rate 0\.0000, true positive rate 0\.8000$/);
  await userEvent.keyboard("{End}");
  expect(readingIn(element)).toMatch(/false positive rate 0\.2000, true positive rate 1\.0000$/);
});

test("hides a curve in the large chart and the small ones", async () => {
  const element = await rocCurve({ hasAll: true, hiddenLines: ["vanilla"] });
  const told = toldBy(element);
  expect(findAll(element, ".plot path[stroke-linejoin]")).toHaveLength(1);
  expect(findAll(element, ".all path[stroke-linejoin]")).toHaveLength(10);
  findAll(find(element, "gambeson-line-chart"), "input")[1]!.click();
  await drawn(element);
  expect(findAll(element, "path[stroke-linejoin]")).toHaveLength(0);
  expect(told).toEqual([["hidden-lines-change", ["vanilla", "deep-defense"]]]);
});

test("one class and all are saved, each as drawing, pixels and numbers", async () => {
  const element = await rocCurve({ hasAll: true });
  const files = await savedFiles(element);
  expect(files.map(({ name }) => name)).toEqual([
    ...["roc-all-benign.svg", "roc-all-benign.png", "roc-all-benign.csv"],
    ...["roc-2-benign.svg", "roc-2-benign.png", "roc-2-benign.csv"],
  ]);
  for (const [svg, png] of [files.slice(0, 2), files.slice(3, 5)]) {
    const drawing = await parseDrawing(svg!);
    const size = ["width", "height"].map((name) => 2 * Number(drawing.getAttribute(name)));
    expect(await pngSize(png!)).toEqual(size);
    // The key, whatever stands behind the names.
    expect(drawing.textContent).toMatch(/\bPlain\b/);
  }
  const rows = (await files[5]!.blob.text()).split("\r\n");
  expect(rows[1]).toBe("2,Pullover,benign,vanilla,Plain,1,0,0");
  // Five points and three, a header, and what follows the last line's end.
  expect(rows).toHaveLength(10);
  const all = await files[2]!.blob.text();
  expect(all).toContain("\r\n9,Ankle boot,benign,vanilla,Plain,1,0,0\r\n");
  expect(all).toContain(rows[5]!);
});

test.each([320, 760])("no word covers another in %i pixels", async (width) => {
  const element = await rocCurve({ hasAll: true }, width);
  expect(clashes(find<SVGSVGElement>(element, ".plot svg"))).toEqual([]);
  expect(element.scrollWidth).toBeLessThanOrEqual(width);
});

test.each(["light", "dark", "forced"] as const)("can be read by everybody in %s colours", async (colours) => {
  expect(await violations(await rocCurve({ hasAll: true }, 360), colours)).toEqual([]);
});

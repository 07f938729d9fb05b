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
import { trainingLines } from "../view-models/training-curves.ts";
import { GambesonTrainingCurves } from "./gambeson-training-curves.ts";

async function trainingCurves(
  properties: Partial<GambesonTrainingCurves> = { result: handResult() },
  width?: number,
): Promise<GambesonTrainingCurves> {
  return show(Object.assign(new GambesonTrainingCurves(), properties), width);
}

test("arrow keys walk the epochs, and read each out", async () => {
  const element = await trainingCurves();
  find(element, ".plot").focus();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  expect(readingIn(element)).toBe("Plain, test images: epoch 2, accuracy 75.0%");
  await userEvent.keyboard("{ArrowDown}");
  expect(readingIn(element)).toBe("Plain, images trained on: epoch 2, accuracy 90.0%");
});

test("grows with the epochs, from none", async () => {
  const [plain] = trainingLines(handResult());
  const element = await trainingCurves({ lines: [{ ...plain!, epochs: [] }] });
  expect(element.shadowRoot!.textContent).toContain("No epoch is done yet.");
  element.lines = [{ ...plain!, epochs: plain!.epochs.slice(0, 1) }];
  await drawn(element);
  // A single point is a marker: of the test images, of those trained on, and of the loss.
  const markers = () => findAll(element, ".plot path[transform]").length;
  expect(markers()).toBe(3);
  element.lines = [plain!];
  await drawn(element);
  expect(markers()).toBe(6);
});

test("hides a model in both charts at once, and gives its height to the others", async () => {
  const element = await trainingCurves();
  const told: unknown[] = [];
  element.addEventListener("hidden-lines-change", (event) => told.push((event as CustomEvent).detail));
  const checkboxes = () => findAll<HTMLInputElement>(element, "input");
  const linesDrawn = () => findAll(element, ".plot path[stroke-linejoin]").length;
  expect([checkboxes().length, linesDrawn()]).toEqual([4, 6]);
  checkboxes()[1]!.click();
  await drawn(element);
  expect(told).toHaveLength(1);
  expect(checkboxes().map(({ checked }) => checked)).toEqual([true, false, true, false]);
  expect(linesDrawn()).toBe(3);
});

test("both charts are saved, as drawing, pixels and numbers", async () => {
  const files = await savedFiles(await trainingCurves());
  expect(files.map(({ name }) => name)).toEqual([
    ...["training-accuracy.svg", "training-accuracy.png", "training-accuracy.csv"],
    ...["training-loss.svg", "training-loss.png", "training-loss.csv"],
  ]);
  const drawing = await parseDrawing(files[0]!);
  expect(drawing.textContent).toContain("Solid: test images. Dashed: the images trained on.");
  expect(await pngSize(files[1]!)).toEqual([1440, 2 * Number(drawing.getAttribute("height"))]);
  expect((await files[2]!.blob.text()).split("\r\n")[2]).toBe("vanilla,Plain,2,0.9,0.75");
});

test.each([320, 760])("no word covers another in %i pixels", async (width) => {
  const element = await trainingCurves(undefined, width);
  for (const svg of findAll<SVGSVGElement>(element, ".plot svg")) expect(clashes(svg)).toEqual([]);
  expect(element.scrollWidth).toBeLessThanOrEqual(width);
});

test.each(["light", "dark", "forced"] as const)("can be read by everybody in %s colours", async (colours) => {
  expect(await violations(await trainingCurves(undefined, 360), colours)).toEqual([]);
});

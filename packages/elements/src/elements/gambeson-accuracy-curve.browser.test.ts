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
import { GambesonAccuracyCurve } from "./gambeson-accuracy-curve.ts";

async function accuracyCurve(width?: number): Promise<GambesonAccuracyCurve> {
  const element = new GambesonAccuracyCurve();
  element.result = handResult();
  return show(element, width);
}

const LONG = `Hard <to> fool & "long to name", as names are that people give`;

test("arrow keys go from point to point and line to line, and each is read out", async () => {
  const element = await accuracyCurve();
  const plot = find(element, ".plot");
  plot.focus();
  expect(readingIn(element)).toBe("");
  await userEvent.keyboard("{ArrowRight}");
  expect(readingIn(element)).toBe("Plain: ε of FGS 0.0000, accuracy 100.0%");
  await userEvent.keyboard("{ArrowRight}");
  expect(readingIn(element)).toBe("Plain: ε of FGS 0.1000, accuracy 50.0%");
  await userEvent.keyboard("{ArrowDown}");
  expect(readingIn(element)).toBe(`${LONG}: ε of FGS 0.1000, accuracy 80.0%`);
  await userEvent.keyboard("{End}");
  expect(readingIn(element)).toBe(`${LONG}: ε of FGS 0.2000, accuracy 55.0%`);
  expect(find(element, ".plot + .reading").getAttribute("aria-live")).toBe("polite");
  plot.blur();
  await drawn(element);
  expect(readingIn(element)).toBe("");
});

test("keys that are the browser's stay the browser's", async () => {
  const element = await accuracyCurve();
  const plot = find(element, ".plot");
  const press = (init: KeyboardEventInit) => {
    const event = new KeyboardEvent("keydown", { ...init, cancelable: true });
    plot.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(press({ key: "ArrowLeft" })).toBe(true);
  expect(press({ key: "ArrowLeft", altKey: true })).toBe(false);
  expect(press({ key: "Tab" })).toBe(false);
});

test("the focus is seen", async () => {
  const element = await accuracyCurve();
  await userEvent.tab();
  const plot = find(element, ".plot");
  expect(plot.matches(":focus-visible")).toBe(true);
  expect(getComputedStyle(plot).outlineWidth).toBe("3px");
});

test("a pointer reads the nearest point, and nothing any more once it has left", async () => {
  const element = await accuracyCurve();
  const plot = find(element, ".plot");
  const { left, top, width, height } = plot.getBoundingClientRect();
  const move = (type: string, x: number, y: number) => {
    const at = { clientX: left + x * width, clientY: top + y * height };
    plot.dispatchEvent(new PointerEvent(type, { ...at, pointerType: "mouse" }));
  };
  // The upper left corner: all images right, at no attack.
  move("pointermove", 0.08, 0.05);
  await drawn(element);
  expect(readingIn(element)).toBe("Plain: ε of FGS 0.0000, accuracy 100.0%");
  move("pointerleave", 2, 2);
  await drawn(element);
  expect(readingIn(element)).toBe("");
});

test("what keys have found is not lost when a mouse crosses the chart", async () => {
  const element = await accuracyCurve();
  await userEvent.tab();
  await userEvent.keyboard("{ArrowRight}");
  find(element, ".plot").dispatchEvent(new PointerEvent("pointerleave", { pointerType: "mouse" }));
  await drawn(element);
  expect(readingIn(element)).toBe("Plain: ε of FGS 0.0000, accuracy 100.0%");
});

test("the upright line is dragged to any epsilon, and tells of it", async () => {
  const element = await accuracyCurve();
  const told: number[] = [];
  element.addEventListener("epsilon-change", (event) => told.push((event as CustomEvent<number>).detail));
  const plot = find(element, ".plot");
  const { width, height } = plot.getBoundingClientRect();
  const options = {
    sourcePosition: { x: width / 2, y: height / 2 },
    targetPosition: { x: width - 20, y: height / 2 },
  };
  await userEvent.dragAndDrop(plot, plot, options);
  await drawn(element);
  expect(told[0]).toBe(0.1);
  expect(told.at(-1)).toBe(0.2);
  expect(element.epsilon).toBe(0.2);
  expect(findAll(element, "td").map((cell) => cell.textContent)).toEqual(["0.0%", "55.0%"]);
});

test("a finger that scrolls the page moves nothing; one that taps or drags does", async () => {
  const element = await accuracyCurve();
  const plot = find(element, ".plot");
  expect(getComputedStyle(plot).touchAction).toBe("pan-y pinch-zoom");
  plot.setPointerCapture = () => undefined;
  const { left, top, right } = plot.getBoundingClientRect();
  const touch = (type: string, clientX: number, buttons: number) =>
    plot.dispatchEvent(new PointerEvent(type, { clientX, clientY: top + 60, buttons, pointerType: "touch" }));
  touch("pointerdown", right - 20, 1);
  touch("pointercancel", right - 20, 0);
  expect(element.epsilon).toBeNull();
  touch("pointerdown", right - 20, 1);
  touch("pointermove", right - 20, 1);
  expect(element.epsilon).toBe(0.2);
  touch("pointerup", left + 60, 0);
  expect(element.epsilon).toBe(0);
});

test("a line is hidden and shown by its name in the key", async () => {
  const element = await accuracyCurve();
  const told: unknown[] = [];
  element.addEventListener("hidden-lines-change", (event) => told.push((event as CustomEvent).detail));
  const [first] = findAll<HTMLInputElement>(element, "input[type=checkbox]");
  const linesDrawn = () => findAll(element, ".plot path[stroke-linejoin]").length;
  expect(linesDrawn()).toBe(2);
  first!.click();
  await drawn(element);
  expect(linesDrawn()).toBe(1);
  first!.click();
  await drawn(element);
  expect(linesDrawn()).toBe(2);
  expect(told).toEqual([["vanilla"], []]);
});

test("is saved as a drawing that stands alone, as pixels, and as numbers", async () => {
  const element = await accuracyCurve();
  const [svg, png, csv] = await savedFiles(element);
  expect([svg!.name, png!.name, csv!.name]).toEqual([
    "accuracy-epsilon.svg",
    "accuracy-epsilon.png",
    "accuracy-epsilon.csv",
  ]);
  const drawing = await parseDrawing(svg!);
  expect(drawing.querySelector("title")?.textContent).toBe("Accuracy under FGS, against its ε");
  expect(drawing.firstElementChild?.getAttribute("fill")).toBe("#ffffff");
  const words = [...drawing.querySelectorAll("text")].map((text) => text.textContent.trim());
  expect(words).toContain("Plain");
  expect(words).toContain(LONG);
  // Twice 720 x 440, and two rows of the key.
  expect(await pngSize(png!)).toEqual([1440, 2 * Number(drawing.getAttribute("height"))]);
  expect(await csv!.blob.text()).toBe(
    `epsilon,Plain,"Hard <to> fool & ""long to name"", as names are that people give"\r\n0,1,0.95\r\n0.1,0.5,0.8\r\n0.2,0,0.55\r\n`,
  );
});

test.each([320, 420, 760])("no word covers another in %i pixels", async (width) => {
  const element = await accuracyCurve(width);
  const svg = find<SVGSVGElement>(element, ".plot svg");
  expect(svg.getBoundingClientRect().width).toBe(width);
  expect(clashes(svg)).toEqual([]);
  expect(element.scrollWidth).toBeLessThanOrEqual(width);
});

test.each(["light", "dark", "forced"] as const)("can be read by everybody in %s colours", async (colours) => {
  expect(await violations(await accuracyCurve(360), colours)).toEqual([]);
});

import { expect, test } from "vitest";
import {
  drawn,
  find,
  findAll,
  parseDrawing,
  pngSize,
  savedFiles,
  show,
  violations,
} from "../testing/in-page.ts";
import type { ImageGridItem } from "../view-models/image-grid.ts";
import { GambesonImageGrid } from "./gambeson-image-grid.ts";

/** One picture of 2 x 1 pixels that leaves [0, 1], and what an attack made of it. */
const ITEMS: readonly ImageGridItem[] = [
  {
    ...{ index: 7, label: 0, width: 2, height: 1 },
    views: [
      {
        ...{ name: "original", pixels: Float32Array.of(-0.5, 0.2) },
        ...{ predicted: 0, probability: 0.75, wasWrongBefore: false },
      },
      {
        ...{ name: "DeepFool", pixels: Float32Array.of(-0.5, 0.3) },
        ...{ predicted: 1, probability: 0.5, rho: 0.25, wasWrongBefore: false },
      },
    ],
  },
];

function gridOf(more: Partial<GambesonImageGrid> = {}): GambesonImageGrid {
  return Object.assign(new GambesonImageGrid(), { items: ITEMS, classNames: ["cat", "dog"], ...more });
}

function pixelsOf(canvas: HTMLCanvasElement): number[] {
  return [...canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data];
}

test("<gambeson-image-grid> draws intensities clamped, each pixel a whole number of the page's", async () => {
  const element = await show(gridOf());
  const [original] = findAll<HTMLCanvasElement>(element, "canvas");
  expect(pixelsOf(original!)).toEqual([0, 0, 0, 255, 51, 51, 51, 255]);
  // 84 pixels of a page for two of the picture: 42 each.
  expect([original!.style.width, original!.style.height]).toEqual(["84px", "42px"]);
});

test("<gambeson-image-grid> says of each picture what it is, in words", async () => {
  const element = await show(gridOf());
  const said = findAll(element, "canvas").map((canvas) => canvas.getAttribute("aria-label"));
  expect(said[0]).toMatch(/^No\. 7, original: true class cat; predicted cat 75\.0.?%, right$/);
  expect(said[1]).toMatch(/^No\. 7, DeepFool: true class cat; predicted dog 50\.0.?%, wrong; .* 0\.2500$/);
  expect(findAll(element, ".verdict").map(({ textContent }) => textContent.trim())).toEqual([
    "✓ right",
    "✗ wrong",
  ]);
});

test("<gambeson-image-grid> shows the difference, larger by a slider", async () => {
  const element = await show(gridOf());
  expect(findAll(element, "canvas.difference")).toHaveLength(0);
  const told: unknown[] = [];
  element.addEventListener("difference-change", (event) => told.push((event as CustomEvent).detail));
  element.addEventListener("amplify-change", (event) => told.push((event as CustomEvent).detail));
  find<HTMLInputElement>(element, "input[type=checkbox]").click();
  await drawn(element);
  const slider = find<HTMLInputElement>(element, "input[type=range]");
  expect(slider.ariaLabel).toBe("How many times larger the difference is shown");
  slider.value = "5";
  slider.dispatchEvent(new Event("input"));
  await drawn(element);
  expect(told).toEqual([true, 5]);
  // 5 x 0.1 is half way from grey to 255, 214, 107.
  const [a, b] = [pixelsOf(find<HTMLCanvasElement>(element, "canvas.difference")), [192, 171, 118, 255]];
  expect(a.slice(0, 4)).toEqual([128, 128, 128, 255]);
  a.slice(4).forEach((value, i) => {
    expect(Math.abs(value - b[i]!)).toBeLessThanOrEqual(1);
  });
});

test("<gambeson-image-grid> saves all pictures with their words as SVG and PNG, and the words as CSV", async () => {
  const files = await savedFiles(await show(gridOf({ hasDifference: true, name: "mine" })));
  expect(files.map(({ name }) => name)).toEqual(["mine.svg", "mine.png", "mine.csv"]);
  const drawing = await parseDrawing(files[0]!);
  // The original, DeepFool's, and what that changed.
  expect(drawing.querySelectorAll("image")).toHaveLength(3);
  expect(drawing.textContent).toContain("→ dog");
  const [width, height] = await pngSize(files[1]!);
  expect(width).toBeGreaterThan(2 * 2 * 84);
  expect(height).toBeGreaterThan(2 * 2 * 42);
  const pixels = await createImageBitmap(files[1]!.blob);
  expect([pixels.width, pixels.height]).toEqual([width, height]);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d")!.drawImage(pixels, 0, 0);
  // Twice 84 x 42 pixels from the margin and the title's line on: black, then intensity 0.2, with a sharp edge between.
  const at = (x: number) => [...canvas.getContext("2d")!.getImageData(x, 2 * 40, 1, 1).data];
  expect([2 * (16 + 40), 2 * (16 + 44)].map(at)).toEqual([
    [0, 0, 0, 255],
    [51, 51, 51, 255],
  ]);
  expect((await files[2]!.blob.text()).split("\r\n")[2]).toBe("7,0,cat,DeepFool,1,dog,0.5,0.25,yes,no");
});

test("<gambeson-image-grid> says that there is nothing", async () => {
  const element = await show(gridOf({ items: [] }));
  expect(element.renderRoot.textContent.trim()).toBe("There are no images here.");
});

test.each(["light", "dark", "forced"] as const)(
  "<gambeson-image-grid> has no axe violation, %s",
  async (colours) => {
    expect(await violations(await show(gridOf({ hasDifference: true }), 360), colours)).toEqual([]);
  },
);

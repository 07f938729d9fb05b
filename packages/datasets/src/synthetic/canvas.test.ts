import { createRandom } from "@gambeson/runtime/random";
import { describe, expect, test } from "vitest";
import { createCanvas, type Canvas } from "./canvas.ts";
import { box } from "./outline.ts";

function pixelsOf(canvas: Canvas): number[] {
  const pixels = new Uint8Array(16);
  canvas.develop(pixels, 0, createRandom(1));
  return [...pixels];
}

const white = () => 1;
const grey = () => 0.4;

// Shares are exact by hand: 255 times the share of a pixel that lies inside.
describe("createCanvas()", () => {
  test("covers pixels by the share of them that lies inside", () => {
    const canvas = createCanvas(4);
    canvas.paint(box(0.5, 1, 2.2, 2.5), white);
    expect(pixelsOf(canvas)).toEqual([0, 0, 0, 0, 128, 255, 51, 0, 64, 128, 26, 0, 0, 0, 0, 0]);
  });

  test("fills the overlap of a shape with itself once, and clips at the border", () => {
    const canvas = createCanvas(4);
    const twice = [...box(-5, 0, 2, 1), ...box(-5, 0, 2, 1)];
    canvas.paint(twice, white);
    expect(pixelsOf(canvas).slice(0, 4)).toEqual([255, 255, 0, 0]);
  });

  test("paints one shape over another, decorates only cloth, and cuts down to the background", () => {
    const canvas = createCanvas(4);
    canvas.paint(box(0, 0, 2, 1), white);
    canvas.decorate(box(1, 0, 4, 1), grey);
    expect(pixelsOf(canvas).slice(0, 4)).toEqual([255, 102, 0, 0]);
    canvas.paint(box(0, 0, 1, 1), grey);
    expect(pixelsOf(canvas).slice(0, 4)).toEqual([102, 102, 0, 0]);
    canvas.cut(box(0, 0, 1.5, 1));
    expect(pixelsOf(canvas).slice(0, 4)).toEqual([0, 51, 0, 0]);
  });

  test("puts noise on the cloth alone", () => {
    const canvas = createCanvas(4);
    canvas.paint(box(0, 0, 4, 2), () => 0.5);
    const pixels = new Uint8Array(16);
    canvas.develop(pixels, 0.05, createRandom(1));
    expect(new Set(pixels.subarray(0, 8)).size).toBeGreaterThan(4);
    expect([...pixels.subarray(8)]).toEqual(new Array(8).fill(0));
  });
});

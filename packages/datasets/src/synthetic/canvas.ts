import type { Random } from "@gambeson/runtime/random";
import type { Outline } from "./outline.ts";
import type { Shade } from "./shade.ts";

/** Scan lines a pixel row; along a line coverage is exact. */
const LINES = 4;

/** A square grey image that shapes are painted on, one over the other. Outlines are in pixels. */
export interface Canvas {
  /** Covers what is below with cloth. */
  paint(outline: Outline, shade: Shade): void;
  /** Shades cloth that is already there; leaves the background alone. */
  decorate(outline: Outline, shade: Shade): void;
  /** Cuts a hole: what is inside becomes background. */
  cut(outline: Outline): void;
  /** Writes the image, uint8 0..255, with noise of the given strength on the cloth; the background is 0. */
  develop(into: Uint8Array, noise: number, random: Random): void;
}

export function createCanvas(size: number): Canvas {
  /** Tone of each pixel, and how much of it is cloth; both 0 to 1. */
  const tones = new Float64Array(size * size);
  const cloth = new Float64Array(size * size);
  const line = new Float64Array(size);

  /** Calls `visit` with each pixel that the outline touches and the share of it inside. */
  function fill(outline: Outline, visit: (pixel: number, share: number, x: number, y: number) => void): void {
    const [top, bottom] = rowsOf(outline, size);
    for (let row = top; row < bottom; row++) {
      line.fill(0);
      for (let sub = 0; sub < LINES; sub++) coverLine(outline, row + (sub + 0.5) / LINES, line);
      for (let column = 0; column < size; column++) {
        if (line[column]! > 0) visit(row * size + column, line[column]! / LINES, column + 0.5, row + 0.5);
      }
    }
  }

  return {
    paint(outline, shade) {
      fill(outline, (pixel, share, x, y) => {
        tones[pixel]! += (shade(x, y) - tones[pixel]!) * share;
        cloth[pixel]! += (1 - cloth[pixel]!) * share;
      });
    },
    decorate(outline, shade) {
      fill(outline, (pixel, share, x, y) => {
        tones[pixel]! += (shade(x, y) - tones[pixel]!) * share * cloth[pixel]!;
      });
    },
    cut(outline) {
      fill(outline, (pixel, share) => {
        tones[pixel]! *= 1 - share;
        cloth[pixel]! *= 1 - share;
      });
    },
    develop(into, noise, random) {
      for (let pixel = 0; pixel < into.length; pixel++) {
        const share = cloth[pixel]!;
        if (share === 0) continue;
        // Three uniforms come near enough to a normal, by exact arithmetic; their sum has deviation 1/2.
        const grain = random.uniform() + random.uniform() + random.uniform() - 1.5;
        const tone = tones[pixel]! + 2 * noise * grain * share;
        into[pixel] = Math.max(0, Math.min(255, Math.round(255 * tone)));
      }
    },
  };
}

/** The rows that an outline touches: from the first, up to but without the last. */
function rowsOf(outline: Outline, size: number): [number, number] {
  let [top, bottom] = [size, 0];
  for (const [, y] of outline) {
    top = Math.min(top, Math.floor(y));
    bottom = Math.max(bottom, Math.ceil(y));
  }
  return [Math.max(top, 0), Math.min(bottom, size)];
}

/** Adds to each pixel of `line` the share of it that lies inside the outline at height `y` (non-zero winding rule). */
function coverLine(outline: Outline, y: number, line: Float64Array): void {
  /** Where edges cross the line, from left to right, and which way: 1 down, -1 up. */
  const crossings: number[] = [];
  const windings: number[] = [];
  let [x0, y0] = outline[outline.length - 1]!;
  for (const point of outline) {
    const [x1, y1] = point;
    if (y0 <= y !== y1 <= y) {
      const x = x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
      let at = crossings.length;
      for (; at > 0 && crossings[at - 1]! > x; at--) {
        crossings[at] = crossings[at - 1]!;
        windings[at] = windings[at - 1]!;
      }
      crossings[at] = x;
      windings[at] = y0 <= y ? 1 : -1;
    }
    x0 = x1;
    y0 = y1;
  }
  let winding = 0;
  for (let i = 0; i + 1 < crossings.length; i++) {
    winding += windings[i]!;
    if (winding !== 0) coverSpan(crossings[i]!, crossings[i + 1]!, line);
  }
}

function coverSpan(from: number, to: number, line: Float64Array): void {
  const [start, end] = [Math.max(from, 0), Math.min(to, line.length)];
  for (let column = Math.floor(start); column < end; column++) {
    line[column]! += Math.min(end, column + 1) - Math.max(start, column);
  }
}

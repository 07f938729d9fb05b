import type { Random } from "@gambeson/runtime/random";
import type { Canvas } from "./canvas.ts";
import type { Outline, Point } from "./outline.ts";
import type { Shade } from "./shade.ts";
import { between, wave } from "./variation.ts";

/** Draws shapes of garment space on a canvas, all bent by one deformation. */
export interface Pen {
  paint(outline: Outline, shade: Shade): void;
  decorate(outline: Outline, shade: Shade): void;
  cut(outline: Outline): void;
}

/** A pen with a random deformation: turned, sheared, scaled, moved, and warped by two slow waves. */
export function createPen(canvas: Canvas, size: number, random: Random): Pen {
  const deform = createDeformation(random);
  const toPixels = (outline: Outline): Outline =>
    outline.map((point) => {
      const [x, y] = deform(point);
      return [(0.5 + 0.46 * x) * size, (0.5 + 0.46 * y) * size];
    });
  return {
    paint(outline, shade) {
      canvas.paint(toPixels(outline), shade);
    },
    decorate(outline, shade) {
      canvas.decorate(toPixels(outline), shade);
    },
    cut(outline) {
      canvas.cut(toPixels(outline));
    },
  };
}

function createDeformation(random: Random): (point: Point) => Point {
  // Turning by twice the angle whose tangent is t, by exact arithmetic: cos = (1 - t²) / (1 + t²), sin = 2t / (1 + t²).
  const t = between(random, -0.035, 0.035);
  const [cos, sin] = [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)];
  const shear = between(random, -0.05, 0.05);
  const [scaleX, scaleY] = [between(random, 0.93, 1.12), between(random, 0.94, 1.05)];
  const [moveX, moveY] = [between(random, -0.06, 0.06), between(random, -0.05, 0.05)];
  const bend = (): ((at: number) => number) => {
    const [strength, frequency, phase] = [
      between(random, 0, 0.04),
      between(random, 0.25, 0.7),
      random.uniform(),
    ];
    return (at) => strength * wave(frequency * at + phase);
  };
  const [bendX, bendY] = [bend(), bend()];
  return ([x, y]) => {
    const [warpedX, warpedY] = [scaleX * (x + bendX(y) + shear * y), scaleY * (y + bendY(x))];
    return [cos * warpedX - sin * warpedY + moveX, sin * warpedX + cos * warpedY + moveY];
  };
}

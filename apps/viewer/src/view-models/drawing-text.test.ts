import fc from "fast-check";
import { expect, test } from "vitest";
import { drawingOf, drawingText, hasRoomFor, shadeOf } from "./drawing-text.ts";

const SIZE = { width: 3, height: 1 };

test("drawingText() packs two shades a byte", () => {
  // 0x0f 0x80, of which base64 makes six bits each: 000011 111000 0000(00).
  expect(drawingText(Float32Array.of(0, 1, 8 / 15), SIZE)).toBe("3.D4A");
  // 0xff 0xf0 -> 111111 111111 0000(00): the last letter but two of base64url.
  expect(drawingText(Float32Array.of(1, 1, 1), SIZE)).toBe("3.__A");
  expect(drawingText(new Float32Array(3), SIZE)).toBe(null);
});

test("drawingOf() reads what drawingText() wrote, of every size that has room", () => {
  const side = fc.integer({ min: 1, max: 32 });
  const drawing = fc.tuple(side, side).chain(([width, height]) =>
    fc.record({
      size: fc.constant({ width, height }),
      shades: fc.array(fc.integer({ min: 0, max: 15 }), {
        minLength: width * height,
        maxLength: width * height,
      }),
    }),
  );
  fc.assert(
    fc.property(drawing, ({ size, shades }) => {
      const pixels = Float32Array.from(shades, (shade) => shadeOf(shade / 15));
      const text = drawingText(pixels, size);
      if (shades.every((shade) => shade === 0)) expect(text).toBe(null);
      else expect(drawingOf(text!, size)).toEqual(pixels);
      expect(hasRoomFor(size)).toBe(true);
    }),
  );
  expect(hasRoomFor({ width: 33, height: 32 })).toBe(false);
});

test("drawingOf() takes no drawing of another size, and no other text", () => {
  for (const text of [undefined, "", "3.", "3.D4", "3.D4AA", "1.D4A", "3.D4=", "3.D+A", "D4A"]) {
    expect(drawingOf(text, SIZE)).toBe(null);
  }
  expect(drawingOf("3.D4AA", { width: 3, height: 2 })).not.toBe(null);
  expect(drawingOf("3.D4A", { width: 3, height: 5 })).toBe(null);
});

test("shadeOf() is the nearest of sixteen", () => {
  expect([0, 0.03, 0.04, 0.5, 1].map(shadeOf)).toEqual([0, 0, 1 / 15, 8 / 15, 1]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ADAM, IMAGE_REPORT, IMAGES, OPERATIONS, STEP_REPORT } from "./generated/layout.ts";
import { readStructure, writeStructure, type Layout } from "./structure.ts";

const EVERY_KIND = {
  bytes: 24,
  fields: {
    wide: { offset: 0, kind: "f64" },
    narrow: { offset: 8, kind: "f32" },
    signed: { offset: 12, kind: "i32" },
    address: { offset: 16, kind: "u32" },
  },
} as const satisfies Layout;

describe("writeStructure() and readStructure()", () => {
  test("write little-endian numbers where the layout says, and nothing else", () => {
    const bytes = new Uint8Array(40).fill(7);
    const values = { wide: 1, narrow: -2, signed: -2, address: 0xfffffffe };
    writeStructure(new DataView(bytes.buffer), 8, EVERY_KIND, values);
    // By hand: 1 is 0x3ff0 in the top bytes of a double, -2 is 0xc0000000 as a float.
    expect([...bytes.subarray(8, 28)]).toEqual([
      ...[0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
      ...[0, 0, 0, 0xc0],
      ...[0xfe, 0xff, 0xff, 0xff],
      ...[0xfe, 0xff, 0xff, 0xff],
    ]);
    expect([...bytes.subarray(0, 8), ...bytes.subarray(28)]).toEqual(new Array(20).fill(7));
  });

  test("read back what was written", () => {
    const values = fc.record({
      wide: fc.double({ noNaN: true }),
      narrow: fc.float({ noNaN: true }),
      signed: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      address: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    });
    fc.assert(
      fc.property(values, fc.nat(10), (written, at) => {
        const view = new DataView(new ArrayBuffer(64));
        writeStructure(view, at, EVERY_KIND, written);
        expect(readStructure(view, at, EVERY_KIND)).toEqual(written);
      }),
    );
  });
});

describe("the generated layout", () => {
  test("counts addresses and floats as four bytes", () => {
    // Six factors; three addresses and a number.
    expect(ADAM.bytes).toBe(24);
    expect(offsets(ADAM)).toEqual([0, 4, 8, 12, 16, 20]);
    expect(IMAGES.bytes).toBe(16);
    expect(IMAGES.fields.labels).toEqual({ offset: 8, kind: "u32" });
  });

  test("lays doubles at multiples of eight", () => {
    // Two doubles and four integers; a double and six numbers of four bytes.
    expect(STEP_REPORT.bytes).toBe(32);
    expect(STEP_REPORT.fields.penalty).toEqual({ offset: 8, kind: "f64" });
    expect(STEP_REPORT.fields.correct).toEqual({ offset: 16, kind: "i32" });
    expect(IMAGE_REPORT.bytes).toBe(32);
    // Reports lie one after the other: their doubles stay at multiples of eight.
    expect([STEP_REPORT.bytes % 8, IMAGE_REPORT.bytes % 8]).toEqual([0, 0]);
  });

  test("numbers the operations without a gap, STOP first", () => {
    const numbers = Object.values(OPERATIONS).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(OPERATIONS.STOP).toBe(0);
  });
});

function offsets(layout: Layout): number[] {
  return Object.values(layout.fields).map(({ offset }) => offset);
}

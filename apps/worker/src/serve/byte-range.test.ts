import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteRange } from "./byte-range.ts";

const size = fc.nat(1000);
const position = fc.nat(1200);

/** Positions of a whole of `of` bytes that a range is about, by asking each. */
function positions(of: number, isMeant: (position: number) => boolean): number[] {
  return Array.from({ length: of }, (_, at) => at).filter(isMeant);
}

function expectPositions(header: string, of: number, expected: readonly number[]): void {
  const range = byteRange(header, of);
  if (expected.length === 0) expect(range).toBe("unsatisfiable");
  else expect(range).toEqual({ from: expected[0], to: expected.at(-1)! + 1 });
}

describe("byteRange()", () => {
  test("first-last names the bytes between, both included, as far as they are there", () => {
    fc.assert(
      fc.property(position, position, size, (first, length, of) => {
        const last = first + length;
        expectPositions(
          `bytes=${first}-${last}`,
          of,
          positions(of, (at) => at >= first && at <= last),
        );
      }),
    );
  });

  test("first- names all from there", () => {
    fc.assert(
      fc.property(position, size, (first, of) => {
        expectPositions(
          `bytes=${first}-`,
          of,
          positions(of, (at) => at >= first),
        );
      }),
    );
  });

  test("-length names the last so many", () => {
    fc.assert(
      fc.property(position, size, (length, of) => {
        expectPositions(
          `bytes=-${length}`,
          of,
          positions(of, (at) => at >= of - length),
        );
      }),
    );
  });

  test("any header gives bytes that are there, or none", () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), size, (text, isBytes, of) => {
        const range = byteRange(isBytes ? `bytes=${text}` : text, of);
        if (typeof range === "string") return;
        expect(range.from).toBeGreaterThanOrEqual(0);
        expect(range.from).toBeLessThan(range.to);
        expect(range.to).toBeLessThanOrEqual(of);
      }),
    );
  });

  test.each([
    undefined,
    "",
    "bytes",
    "bytes=",
    "bytes=-",
    "bytes=3-1",
    "bytes=1-2,3-4",
    "bytes= 1-2",
    "lines=1-2",
    "bytes=0x1-2",
  ])("%j asks for nothing that we serve", (header) => {
    expect(byteRange(header, 10)).toBe("whole");
  });

  test("the unit's case does not matter, nor numbers beyond all counting", () => {
    expect(byteRange("BYTES=1-1", 10)).toEqual({ from: 1, to: 2 });
    expect(byteRange(`bytes=0-${"9".repeat(400)}`, 10)).toEqual({ from: 0, to: 10 });
    expect(byteRange(`bytes=${"9".repeat(400)}-`, 10)).toBe("unsatisfiable");
  });
});

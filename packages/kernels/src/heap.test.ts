import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHeap, type Heap } from "./heap.ts";

const PAGE = 65536;

describe("createHeap()", () => {
  test("gives out zeroed blocks of whole cache lines, and none at the zeros in front", () => {
    const heap = createHeap();
    const first = heap.allocate(1);
    const second = heap.allocate(65);
    const third = heap.allocate(0);
    expect([first % 64, second % 64, third % 64]).toEqual([0, 0, 0]);
    expect(Math.min(first, second, third)).toBeGreaterThanOrEqual(64);
    // 1 and 0 bytes take a line, 65 take two.
    expect(heap.size()).toEqual({ used: 64 + 128 + 64, grown: PAGE });
    heap.bytes(first, 64).fill(255);
    heap.free(first);
    expect([...heap.bytes(heap.allocate(64), 64)]).toEqual(new Array(64).fill(0));
    expect([...heap.bytes(0, 64)]).toEqual(new Array(64).fill(0));
  });

  test("makes one block of neighbours, in whichever order they come back", () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [0, 2, 1],
      [1, 0, 2],
    ]) {
      const heap = createHeap();
      // All that the first page holds.
      const blocks = [heap.allocate(20000), heap.allocate(20000), heap.allocate(PAGE - 64 - 2 * 20032)];
      expect(heap.size()).toEqual({ used: PAGE - 64, grown: PAGE });
      for (const index of order) heap.free(blocks[index]!);
      expect(heap.allocate(PAGE - 64)).toBe(64);
      expect(heap.size().grown).toBe(PAGE);
    }
  });

  test("grows by what is missing behind the last free block", () => {
    const heap = createHeap();
    const address = heap.allocate(3 * PAGE);
    expect(address).toBe(64);
    // 64 bytes of zeros and three pages: four pages.
    expect(heap.size()).toEqual({ used: 3 * PAGE, grown: 4 * PAGE });
    heap.free(address);
    expect(heap.size()).toEqual({ used: 0, grown: 4 * PAGE });
    heap.allocate(4 * PAGE - 64);
    expect(heap.size().grown).toBe(4 * PAGE);
  });

  test("keeps what blocks hold when it grows", () => {
    const heap = createHeap();
    const address = heap.allocate(16);
    heap.floats(address, 4).set([1, 2, 3, 4]);
    heap.allocate(10 * PAGE);
    expect([...heap.floats(address, 4)]).toEqual([1, 2, 3, 4]);
    expect(heap.view().getFloat32(address + 8, true)).toBe(3);
    expect(heap.integers(address, 1)[0]).toBe(0x3f800000);
  });

  test("says what is missing when it must not grow further, and goes on", () => {
    const heap = createHeap(4);
    const address = heap.allocate(2 * PAGE);
    expect(() => heap.allocate(3 * 2 ** 20)).toThrow(
      new RangeError(
        "Cannot hold 3 MiB more for the kernels as their memory must stay within 1 MiB and what the system gives: current value is 1 MiB",
      ),
    );
    expect(heap.size()).toEqual({ used: 2 * PAGE, grown: 3 * PAGE });
    heap.free(address);
    expect(heap.allocate(4 * PAGE - 64)).toBe(64);
  });

  test("refuses more than 32 bits can address", () => {
    const heap = createHeap();
    expect(() => heap.allocate(2 ** 32)).toThrow(
      "Cannot hold 4096 MiB more for the kernels as their memory must stay within 4096 MiB and what the system gives: current value is 1 MiB",
    );
    expect(heap.size()).toEqual({ used: 0, grown: PAGE });
  });

  test("frees a block once, and nothing but blocks", () => {
    const heap = createHeap();
    const address = heap.allocate(128);
    for (const wrong of [address + 64, 0, -1, NaN]) {
      expect(() => {
        heap.free(wrong);
      }).toThrow(
        new RangeError(
          `Cannot free a block as its address must come from allocate: current value is ${wrong}`,
        ),
      );
    }
    heap.free(address);
    expect(() => {
      heap.free(address);
    }).toThrow(RangeError);
    expect(heap.size().used).toBe(0);
  });

  test("never gives out what is in use, keeps every block's bytes, and ends as one free block", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(40_000), fc.nat()), { maxLength: 40 }), (orders) => {
        const heap = createHeap();
        const held: Block[] = [];
        orders.forEach(([gives, bytes, pick], index) => {
          if (gives || held.length === 0) held.push(fill(heap, bytes, 1 + (index % 255)));
          else heap.free(held.splice(pick % held.length, 1)[0]!.address);
          expectUntouched(heap, held);
        });
        for (const { address } of held) heap.free(address);
        expect(heap.size().used).toBe(0);
        expect(heap.allocate(heap.size().grown - 64)).toBe(64);
      }),
      { numRuns: 50 },
    );
  });
});

interface Block {
  readonly address: number;
  readonly bytes: number;
  readonly mark: number;
}

/** A block full of its mark. */
function fill(heap: Heap, bytes: number, mark: number): Block {
  const address = heap.allocate(bytes);
  const view = heap.bytes(address, bytes);
  expect(view.every((byte) => byte === 0)).toBe(true);
  view.fill(mark);
  return { address, bytes, mark };
}

/** An overlap would leave another block's mark. */
function expectUntouched(heap: Heap, blocks: readonly Block[]): void {
  for (const { address, bytes, mark } of blocks) {
    expect(heap.bytes(address, bytes).every((byte) => byte === mark)).toBe(true);
  }
  const whole = blocks.reduce((sum, { bytes }) => sum + Math.max(64, Math.ceil(bytes / 64) * 64), 0);
  expect(heap.size().used).toBe(whole);
}

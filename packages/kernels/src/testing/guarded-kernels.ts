import { expect } from "vitest";
import type { Kernels } from "../index.ts";

/** Bytes before a block; behind it lie as many, and what is missing to a whole line. */
const GUARD = 64;
/** As a float32, four of them are no number: what is read beyond a block spoils the answer. */
const MARK = 0xff;

/** The same kernels, with guards around every block; `expectIntact` fails if one was written to. */
export function guardedKernels(kernels: Kernels): { readonly guarded: Kernels; expectIntact(): void } {
  const { heap } = kernels;
  const blocks = new Map<number, number>();
  const guardsOf = (address: number, bytes: number) => {
    const end = Math.ceil((bytes + 2 * GUARD) / GUARD) * GUARD - GUARD;
    return [heap.bytes(address - GUARD, GUARD), heap.bytes(address + bytes, end - bytes)] as const;
  };
  const expectIntact = () => {
    for (const [address, bytes] of blocks) {
      for (const guard of guardsOf(address, bytes)) {
        expect(
          guard.every((byte) => byte === MARK),
          `guards of ${bytes} bytes`,
        ).toBe(true);
      }
    }
  };
  const guarded: Kernels = {
    ...kernels,
    heap: {
      ...heap,
      allocate: (bytes) => {
        const address = heap.allocate(bytes + 2 * GUARD) + GUARD;
        for (const guard of guardsOf(address, bytes)) guard.fill(MARK);
        blocks.set(address, bytes);
        return address;
      },
      free: (address) => {
        blocks.delete(address);
        heap.free(address - GUARD);
      },
    },
    run: (operation, argument) => {
      kernels.run(operation, argument);
      expectIntact();
    },
  };
  return { guarded, expectIntact };
}

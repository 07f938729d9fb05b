import type { Heap } from "./heap.ts";
import { writeStructure, type FieldsOf, type Layout } from "./structure.ts";

/** Blocks that are freed together. */
export interface Region {
  /** @returns The address of `count` zeroed numbers of 4 bytes. */
  numbers(count: number): number;
  /** @returns The address of a structure. */
  structure<L extends Layout>(layout: L, values: FieldsOf<L>): number;
  bytes(count: number): number;
  free(): void;
}

/** @param heap Borrowed. If an allocation throws, what the region holds stays until `free`. */
export function createRegion(heap: Heap): Region {
  const held: number[] = [];
  const bytes = (count: number) => {
    const address = heap.allocate(count);
    held.push(address);
    return address;
  };
  return {
    bytes,
    numbers: (count) => bytes(4 * count),
    structure: (layout, values) => {
      const address = bytes(layout.bytes);
      writeStructure(heap.view(), address, layout, values);
      return address;
    },
    free: () => {
      for (const address of held.splice(0)) heap.free(address);
    },
  };
}

/** Runs `work` with a region, and frees it if that throws. */
export function inRegion<T>(heap: Heap, work: (region: Region) => T): T {
  const region = createRegion(heap);
  try {
    return work(region);
  } catch (error) {
    region.free();
    throw error;
  }
}

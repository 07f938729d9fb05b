/** Bytes in front of the heap that stay zero: the kernels start their sums from there. */
const ZEROS = 64;
/** Blocks begin at a cache line. */
const LINE = 64;
const PAGE = 65536;
/** What 32 bits can address. */
const MAXIMUM_PAGES = 65536;
const MIB = 1024 * 1024;

/** Memory that the kernels of all threads share, given out in blocks. Views are made anew at each call: growing detaches none, but they would end too early. */
export interface Heap {
  readonly memory: WebAssembly.Memory;
  /** @returns The address of `bytes` zeroed bytes. @throws {RangeError} If the memory cannot grow that far. */
  allocate(bytes: number): number;
  /** @param address From `allocate`. @throws {RangeError} For any other. */
  free(address: number): void;
  view(): DataView;
  bytes(address: number, length: number): Uint8Array<ArrayBuffer>;
  floats(address: number, length: number): Float32Array<ArrayBuffer>;
  integers(address: number, length: number): Int32Array<ArrayBuffer>;
  /** Bytes given out now, and bytes the memory has grown to, which never shrinks. */
  size(): { readonly used: number; readonly grown: number };
}

interface Block {
  readonly address: number;
  readonly bytes: number;
}

/** A heap over a fresh shared memory. @param maximumPages For tests: pages of 64 KiB it may grow to. */
export function createHeap(maximumPages = MAXIMUM_PAGES): Heap {
  // The programs import a memory of this very maximum: the limit is kept here.
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MAXIMUM_PAGES, shared: true });
  const used = new Map<number, number>();
  /** Free blocks by address; no two touch. */
  let free: Block[] = [{ address: ZEROS, bytes: PAGE - ZEROS }];
  // TypeScript's typed arrays over a shared buffer are no `ArrayBuffer` ones; everything that reads them copies.
  const buffer = () => memory.buffer;

  const grow = (bytes: number) => {
    const last = free.at(-1);
    const end = buffer().byteLength;
    const usable = last !== undefined && last.address + last.bytes === end ? last.bytes : 0;
    const pages = Math.ceil((bytes - usable) / PAGE);
    if (end / PAGE + pages > maximumPages || !tryToGrow(memory, pages)) {
      throw new RangeError(
        `Cannot hold ${toMiB(bytes)} MiB more for the kernels as their memory must stay within ${toMiB(maximumPages * PAGE)} MiB and what the system gives: current value is ${toMiB(end)} MiB`,
      );
    }
    free = joined([...free, { address: end, bytes: pages * PAGE }]);
  };

  return {
    memory,
    allocate: (bytes) => {
      const size = Math.max(LINE, Math.ceil(bytes / LINE) * LINE);
      if (!free.some((block) => block.bytes >= size)) grow(size);
      const index = free.findIndex((block) => block.bytes >= size);
      const { address, bytes: available } = free[index]!;
      free.splice(
        index,
        1,
        ...(available > size ? [{ address: address + size, bytes: available - size }] : []),
      );
      used.set(address, size);
      new Uint8Array(buffer(), address, size).fill(0);
      return address;
    },
    free: (address) => {
      const bytes = used.get(address);
      if (bytes === undefined) {
        throw new RangeError(
          `Cannot free a block as its address must come from allocate: current value is ${address}`,
        );
      }
      used.delete(address);
      free = joined([...free, { address, bytes }]);
    },
    view: () => new DataView(buffer()),
    bytes: (address, length) => new Uint8Array(buffer(), address, length),
    floats: (address, length) => new Float32Array(buffer(), address, length),
    integers: (address, length) => new Int32Array(buffer(), address, length),
    size: () => ({
      used: [...used.values()].reduce((sum, bytes) => sum + bytes, 0),
      grown: buffer().byteLength,
    }),
  };
}

function tryToGrow(memory: WebAssembly.Memory, pages: number): boolean {
  try {
    memory.grow(pages);
    return true;
  } catch {
    return false;
  }
}

/** Blocks by address, neighbours made one. */
function joined(blocks: readonly Block[]): Block[] {
  const result: Block[] = [];
  for (const block of [...blocks].sort((a, b) => a.address - b.address)) {
    const last = result.at(-1);
    if (last !== undefined && last.address + last.bytes === block.address) {
      result[result.length - 1] = { address: last.address, bytes: last.bytes + block.bytes };
    } else result.push(block);
  }
  return result;
}

function toMiB(bytes: number): number {
  return Math.ceil(bytes / MIB);
}

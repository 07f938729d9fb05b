import { OPERATIONS, TEAM } from "./generated/layout.ts";
import { PROGRAMS } from "./generated/programs.ts";
import { createHeap, type Heap } from "./heap.ts";
import { writeStructure } from "./structure.ts";
import { startThread, type Thread } from "./thread.ts";

/** The builds of the kernels, fastest first. */
export const KERNEL_BUILDS = ["relaxed-simd", "simd"] as const;
export type KernelBuild = (typeof KERNEL_BUILDS)[number];

export interface KernelOptions {
  /** Threads that compute, the caller's included, in [1, 64]. */
  readonly threads: number;
  /** By default the fastest that this engine runs. */
  readonly build?: KernelBuild;
}

/** Kernels at work: one program, one memory, and threads. */
export interface Kernels {
  /** The build and how it rounds, as it is stored with results: "relaxed-simd+fma", "relaxed-simd" or "simd". */
  readonly variant: string;
  readonly threads: number;
  /** Why there are fewer threads than asked for; null when there are not. */
  readonly fallback: string | null;
  readonly heap: Heap;
  /** Runs an operation on all threads, and gives back when it is done. @param argument The address of its orders. @throws {Error} After `stop`. */
  run(operation: keyof typeof OPERATIONS, argument: number): void;
  /** Places each thread's scratch, whose addresses it is given. */
  placeScratch(addresses: readonly number[]): void;
  /** For measuring, on the caller's thread alone: as many multiply-adds as the engine can do. @param at 48 bytes. @returns FLOPs. */
  peak(turns: number, at: number): number;
  /** For measuring: one tile's product over a list, `times` times; addresses. @returns FLOPs. */
  repeatProduct(list: number, end: number, a: number, b: number, c: number, times: number): number;
  /** Ends the threads. Nothing runs after it. */
  stop(): Promise<void>;
}

interface Program extends WebAssembly.Exports {
  run(team: number, operation: number, argument: number): void;
  peak(turns: number, at: number): number;
  repeatProduct(list: number, end: number, a: number, b: number, c: number, times: number): number;
  fusesMultiplyAdd(): number;
}

const MAX_THREADS = 64;
/** Threads that have not started by then never will. */
const START_TIMEOUT_MS = 10_000;

/**
 * Starts the kernels. Where threads cannot start they run on the caller's alone, and say why.
 *
 * @throws {RangeError} If `threads` is not an integer in [1, 64].
 * @throws {Error} If this engine has no WebAssembly SIMD.
 */
export async function startKernels({ threads, build }: KernelOptions): Promise<Kernels> {
  if (!Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS) {
    throw new RangeError(
      `Cannot start the kernels as threads must be an integer in [1, ${MAX_THREADS}]: current value is ${threads}`,
    );
  }
  const { name, bytes } = findBuild(build);
  const heap = createHeap();
  const { memory } = heap;
  const module = await WebAssembly.compile(bytes);
  const program = (await WebAssembly.instantiate(module, { env: { memory } })).exports as Program;
  const team = heap.allocate(TEAM.bytes);
  const scratch = heap.allocate(4 * MAX_THREADS);
  const mayCallerSleep = Number((globalThis as { document?: unknown }).document === undefined);
  const setTeam = (size: number) => {
    const calls = { operation: 0, argument: 0, ticket: 0, arrived: 0, passed: 0, sleepers: 0, next: 0 };
    writeStructure(heap.view(), team, TEAM, { threads: size, mayCallerSleep, scratch, ...calls });
  };
  // Before the threads read it.
  setTeam(threads);
  const started = await startThreads(threads - 1, { module, memory, team });
  if (started.obstacle !== null) setTeam(1);
  let isStopped = false;
  return {
    variant: program.fusesMultiplyAdd() === 0 ? name : `${name}+fma`,
    threads: started.threads.length + 1,
    fallback: started.obstacle,
    heap,
    run: (operation, argument) => {
      // The others are gone, and waiting for them would never end.
      if (isStopped)
        throw new Error("Cannot run a kernel as the kernels must be running: current value is stopped");
      program.run(team, OPERATIONS[operation], argument);
    },
    placeScratch: (addresses) => {
      heap.integers(scratch, addresses.length).set(addresses);
    },
    peak: program.peak,
    repeatProduct: program.repeatProduct,
    stop: async () => {
      isStopped = true;
      program.run(team, OPERATIONS.STOP, 0);
      await Promise.all(started.threads.map((thread) => thread.end()));
    },
  };
}

function findBuild(wanted: KernelBuild | undefined): { name: KernelBuild; bytes: Uint8Array<ArrayBuffer> } {
  const builds = wanted === undefined ? KERNEL_BUILDS : [wanted];
  for (const name of builds) {
    const bytes = Uint8Array.from(atob(PROGRAMS[name]), (character) => character.charCodeAt(0));
    if (WebAssembly.validate(bytes)) return { name, bytes };
  }
  throw new Error(
    `Cannot start the kernels as this engine must run WebAssembly with SIMD and threads: current value is an engine without (${builds.join(", ")})`,
  );
}

/** All of them, or none and why. */
async function startThreads(
  count: number,
  start: { readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory; readonly team: number },
): Promise<{ readonly threads: readonly Thread[]; readonly obstacle: string | null }> {
  if ((globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === false && count > 0) {
    return { threads: [], obstacle: "the page is not cross-origin isolated (COOP and COEP headers)" };
  }
  const threads: Thread[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for (let thread = 1; thread <= count; thread++) threads.push(startThread({ ...start, thread }));
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`threads did not start within ${START_TIMEOUT_MS / 1000} s`));
      }, START_TIMEOUT_MS);
    });
    await Promise.race([Promise.all(threads.map(({ ready }) => ready)), timeout]);
    return { threads, obstacle: null };
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.end()));
    return { threads: [], obstacle: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

import { pthreadWorkers, type WorkerThreads } from "./pthread-worker.ts";
import { workersLoading } from "./thread-program.ts";

/** The files of the WASM backend: plain, SIMD, and SIMD with threads. */
export const WASM_FILES = [
  "tfjs-backend-wasm.wasm",
  "tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm",
] as const;

/** Where each of the backend's files can be fetched from. */
export type WasmUrls = Readonly<Record<(typeof WASM_FILES)[number], string>>;

/** The program that the backend's threads run in a browser, from the package's `wasm-out`; the .wasm files lie in its `dist`. */
export const THREAD_PROGRAM = "tfjs-backend-wasm-threaded-simd.js";

/** Where a page serves the backend's files. */
export type BrowserFiles = WasmUrls & Readonly<Record<typeof THREAD_PROGRAM, string>>;

/** What the backend needs from the program it runs in. */
export interface Host {
  /** Logical cores. */
  readonly cores: number;
  readonly wasmUrls: WasmUrls;
  /** Why threads cannot run here; null when they can. */
  readonly threadObstacle: string | null;
  /** Runs `start` with the world arranged so that TensorFlow.js starts `threads` threads; null for none. */
  arranged<T>(threads: number, start: () => Promise<T>): Promise<T>;
  /** Ends the threads. */
  close(): Promise<void>;
}

interface ServerProcess {
  readonly versions: { readonly node?: string };
  getBuiltinModule(name: "node:worker_threads"): WorkerThreads;
  getBuiltinModule(name: "node:os"): { availableParallelism(): number };
  getBuiltinModule(name: "node:module"): { createRequire(from: string): { resolve(name: string): string } };
  getBuiltinModule(name: "node:fs/promises"): { readFile(path: string): Promise<Uint8Array<ArrayBuffer>> };
}

/** The host this program runs in. In a browser `browserFiles` must say where the page serves the backend's files. */
export async function findHost(browserFiles?: BrowserFiles): Promise<Host> {
  const server = (globalThis as { process?: ServerProcess }).process;
  if (server?.versions.node !== undefined) return serverHost(server);
  if (browserFiles === undefined) {
    throw new TypeError(
      "Cannot start the backend as browserFiles must be given in a browser: current value is undefined",
    );
  }
  return browserHost(browserFiles);
}

function browserHost(files: BrowserFiles): Host {
  const { [THREAD_PROGRAM]: program, ...wasmUrls } = files;
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  const cores = navigator.hardwareConcurrency;
  return {
    cores,
    wasmUrls,
    threadObstacle: isolated ? null : "the page is not cross-origin isolated (COOP and COEP headers)",
    arranged: (threads, start) =>
      withProperties(
        [
          [navigator, "hardwareConcurrency", 2 * threads],
          [globalThis, "Worker", workersLoading(new URL(program, location.href).href, Worker)],
        ],
        start,
      ),
    close: () => Promise.resolve(),
  };
}

/** Node and Deno: what TensorFlow.js sees while it starts is a browser with the wanted cores. */
async function serverHost(server: ServerProcess): Promise<Host> {
  const { PthreadWorker, terminateAll } = pthreadWorkers(server.getBuiltinModule("node:worker_threads"));
  const wasmUrls = await readWasmFiles(server);
  // Node loads its fetch at the first use, and cannot while its version is hidden.
  await fetch("data:,");
  const versions: { node?: string } = { ...server.versions };
  delete versions.node;
  return {
    cores: server.getBuiltinModule("node:os").availableParallelism(),
    wasmUrls,
    threadObstacle: typeof SharedArrayBuffer === "undefined" ? "SharedArrayBuffer is missing" : null,
    arranged: (threads, start) => {
      // Node 20 has no navigator.
      const browser = globalThis as { navigator?: object };
      const world: Replacement[] = [
        [server, "versions", versions],
        [globalThis, "Worker", PthreadWorker],
        browser.navigator === undefined
          ? [globalThis, "navigator", { hardwareConcurrency: 2 * threads }]
          : [browser.navigator, "hardwareConcurrency", 2 * threads],
      ];
      return withProperties(world, start);
    },
    close: terminateAll,
  };
}

async function readWasmFiles(server: ServerProcess): Promise<WasmUrls> {
  const files = server.getBuiltinModule("node:fs/promises");
  const modules = server.getBuiltinModule("node:module").createRequire(import.meta.url);
  const entries = WASM_FILES.map(async (name) => {
    const bytes = await files.readFile(modules.resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`));
    return [name, URL.createObjectURL(new Blob([bytes], { type: "application/wasm" }))] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as WasmUrls;
}

type Replacement = readonly [owner: object, name: string, value: unknown];

/** Runs `work` with properties replaced, and puts them back whatever happens. */
async function withProperties<T>(replacements: readonly Replacement[], work: () => Promise<T>): Promise<T> {
  const before = replacements.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
  for (const [owner, name, value] of replacements) {
    Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  }
  try {
    return await work();
  } finally {
    replacements.forEach(([owner, name], index) => {
      const descriptor = before[index];
      if (descriptor === undefined) Reflect.deleteProperty(owner, name);
      else Object.defineProperty(owner, name, descriptor);
    });
  }
}

/// <reference path="./tfjs-wasm.d.ts" />
import {
  getThreadsCount,
  setThreadsCount,
  setWasmPaths,
  version_wasm,
} from "@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.fesm.js";
import { makeSignExact } from "./exact-sign.ts";
import { findHost, type Host, type BrowserFiles } from "./host.ts";
import { tf } from "./tf.ts";
import { transposeBeforeMatMul } from "./transposed-matmul.ts";

/** The builds of the backend, fastest first. */
export const BACKEND_VARIANTS = ["simd-threads", "simd", "plain"] as const;
export type BackendVariant = (typeof BACKEND_VARIANTS)[number];

/** The backend that runs, as it is stored with results. */
export interface Backend {
  readonly name: "wasm";
  readonly variant: BackendVariant;
  /** Threads that compute, this one included. */
  readonly threads: number;
  /** Why it is not what was asked for, or not the fastest; null when it is. */
  readonly fallback: string | null;
  /** Version of TensorFlow.js. */
  readonly tensorflow: string;
  /** Who computes. */
  readonly kernels: string;
}

export interface BackendOptions {
  /** Threads, in [1, 8]; by default all cores, 8 at most (TensorFlow.js keeps a pool of eight). */
  readonly threads?: number;
  /** The fastest build to try; slower ones follow when it does not start. */
  readonly variant?: BackendVariant;
  /** In a browser: where the page serves the backend's files. */
  readonly browserFiles?: BrowserFiles;
}

const MAX_THREADS = 8;
/** Threads that have not started by then never will. */
const START_TIMEOUT_MS = 30_000;

let started: Promise<{ readonly backend: Backend; readonly host: Host }> | null = null;

/**
 * Starts TensorFlow.js on WebAssembly: with SIMD and threads, else with SIMD, else plain. Started once a program; a
 * further call gives the backend that runs, whatever it asks for.
 *
 * @throws {RangeError} If `threads` is not an integer in [1, 8].
 * @throws {Error} If no build starts.
 */
export async function startBackend(options: BackendOptions = {}): Promise<Backend> {
  const starting = (started ??= start(options));
  try {
    return (await starting).backend;
  } catch (error) {
    if (started === starting) started = null; // It may be tried again.
    throw error;
  }
}

/** Ends the backend and its threads, so that the program may exit. All tensors are gone after it; a backend may be started anew. */
export async function stopBackend(): Promise<void> {
  const running = await started?.catch(() => null);
  if (running === undefined || running === null) return;
  started = null;
  const factory = tf.findBackendFactory("wasm");
  tf.removeBackend("wasm");
  tf.registerBackend("wasm", factory);
  await running.host.close();
}

let found: Host | null = null;

/** Found once: TensorFlow.js is told where its files are before its first start, and never again. */
async function theHost(browserFiles: BrowserFiles | undefined): Promise<Host> {
  if (found !== null) return found;
  found = await findHost(browserFiles);
  setWasmPaths(found.wasmUrls);
  return found;
}

let isMended = false;

/** Kernels are replaced once; they stay from one backend to the next. */
function mendKernels(): void {
  if (isMended) return;
  transposeBeforeMatMul();
  makeSignExact();
  isMended = true;
}

async function start(options: BackendOptions): Promise<{ backend: Backend; host: Host }> {
  const host = await theHost(options.browserFiles);
  const threads = options.threads ?? Math.min(host.cores, MAX_THREADS);
  if (!Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS) {
    throw new RangeError(
      `Cannot start the backend as threads must be an integer in [1, ${MAX_THREADS}]: current value is ${threads}`,
    );
  }
  // One thread needs no shared memory: the build without threads is the right one, not a fall-back.
  const fastest = options.variant ?? (threads === 1 ? "simd" : "simd-threads");
  const obstacles: string[] = [];
  for (const variant of BACKEND_VARIANTS.slice(BACKEND_VARIANTS.indexOf(fastest))) {
    const obstacle = await tryVariant(host, variant, threads);
    if (obstacle !== null) {
      obstacles.push(`${variant}: ${obstacle}`);
      continue;
    }
    mendKernels();
    const backend: Backend = {
      name: "wasm",
      variant,
      threads: variant === "simd-threads" ? getThreadsCount() : 1,
      fallback: obstacles.length === 0 ? null : obstacles.join("; "),
      tensorflow: version_wasm,
      kernels: "tfjs",
    };
    return { backend, host };
  }
  throw new Error(
    `Cannot start TensorFlow.js as one of its WebAssembly builds must run: ${obstacles.join("; ")}`,
  );
}

/** @returns What kept the variant from starting; null when it runs. */
async function tryVariant(host: Host, variant: BackendVariant, threads: number): Promise<string | null> {
  const withThreads = variant === "simd-threads";
  if (withThreads && host.threadObstacle !== null) return host.threadObstacle;
  const isNode = tf.env().getBool("IS_NODE");
  tf.env().set("IS_NODE", false);
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", withThreads);
  if (variant === "plain") tf.env().set("WASM_HAS_SIMD_SUPPORT", false);
  else if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) return "this engine has no WebAssembly SIMD";
  setThreadsCount(threads);
  try {
    // The time limit lies inside: the world is put back even when threads never answer.
    const isStarted = await host.arranged(threads, () =>
      withTimeout(tf.setBackend("wasm"), START_TIMEOUT_MS),
    );
    return isStarted ? null : "it did not start";
  } catch (error) {
    await host.close();
    return error instanceof Error ? error.message : String(error);
  } finally {
    tf.env().set("IS_NODE", isNode);
  }
}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`it did not start within ${timeoutMs / 1000} s`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

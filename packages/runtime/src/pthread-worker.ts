/**
 * A browser's `Worker` for Node and Deno, made of node:worker_threads: just enough of one for the Emscripten threads in
 * TensorFlow.js' WASM backend, which know browsers only. The backend's own worker program runs in it unchanged, behind
 * a prelude that gives it the browser's names.
 *
 * Two facts shape it. The first message carries a program as a Blob, which a worker there cannot load: it is sent as
 * text. And once threads run, the main thread blocks until they answer, so from then on messages leave at once.
 */

interface NodeWorker {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  on(event: string, listener: (value: unknown) => void): void;
  terminate(): Promise<number>;
  unref(): void;
}

/** The part of node:worker_threads that is needed. */
export interface WorkerThreads {
  readonly Worker: new (program: string, options: { eval: true }) => NodeWorker;
}

interface LoadMessage {
  readonly cmd: "load";
  readonly urlOrBlob: Blob | string;
}

const PRELUDE = `{
  const { parentPort } = process.getBuiltinModule("node:worker_threads");
  Object.defineProperty(process, "versions", { value: { ...process.versions, node: undefined } });
  globalThis.self = globalThis;
  globalThis.location ??= { href: "" };
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  globalThis.importScripts = (program) => (0, eval)(program);
  parentPort.on("message", (data) => globalThis.onmessage({ data }));
}
`;

/** Gives the class to put in place of `Worker`, and a function that ends all workers made of it. */
export function pthreadWorkers(threads: WorkerThreads): {
  readonly PthreadWorker: new (url: string) => object;
  readonly terminateAll: () => Promise<void>;
} {
  const all: { terminate(): Promise<unknown> }[] = [];

  class PthreadWorker {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onerror: ((event: unknown) => void) | null = null;
    readonly #starting: Promise<NodeWorker>;
    /** Set once it can take messages. */
    #loaded: NodeWorker | null = null;
    #isEnded = false;

    constructor(url: string) {
      this.#starting = this.#start(url);
      this.#starting.catch((error: unknown) => this.onerror?.(error));
      all.push(this);
    }

    async #start(url: string): Promise<NodeWorker> {
      const program = await (await fetch(url)).text();
      if (this.#isEnded)
        throw new Error("Cannot start a thread as its backend must be wanted: current value is ended");
      const worker = new threads.Worker(PRELUDE + program, { eval: true });
      worker.on("message", (data) => this.onmessage?.({ data }));
      worker.on("error", (error) => this.onerror?.(error));
      worker.unref();
      return worker;
    }

    postMessage(
      message: LoadMessage | { readonly cmd: string },
      transfer: readonly Transferable[] = [],
    ): void {
      if (this.#loaded !== null) this.#loaded.postMessage(message, transfer);
      else this.#load(message as LoadMessage).catch(() => undefined);
    }

    /** The first message, which Emscripten waits for before it sends another. A failed start was told to `onerror`. */
    async #load(message: LoadMessage): Promise<void> {
      const worker = await this.#starting;
      const program =
        typeof message.urlOrBlob === "string" ? message.urlOrBlob : await message.urlOrBlob.text();
      this.#loaded = worker;
      worker.postMessage({ ...message, urlOrBlob: program });
    }

    /** Ends the thread, or keeps it from starting. */
    async terminate(): Promise<void> {
      this.#isEnded = true;
      if (this.#loaded !== null) await this.#loaded.terminate();
      else this.#starting.then((worker) => worker.terminate()).catch(() => undefined);
    }
  }

  return {
    PthreadWorker,
    terminateAll: async () => {
      await Promise.allSettled(all.splice(0).map((worker) => worker.terminate()));
    },
  };
}

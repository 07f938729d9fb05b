/** What a thread needs to take part. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the team. */
  readonly team: number;
  /** Its number, from 1. */
  readonly thread: number;
}

export interface Thread {
  /** Settled when the thread is at its place, or cannot be. */
  readonly ready: Promise<void>;
  /** Ends it, at once. */
  end(): Promise<void>;
}

interface NodeWorker {
  postMessage(message: unknown): void;
  once(event: string, listener: (value: unknown) => void): void;
  terminate(): Promise<unknown>;
  unref(): void;
}

/** The part of node:worker_threads that is needed. */
interface WorkerThreads {
  readonly Worker: new (program: string, options: { eval: true }) => NodeWorker;
}

/** Runs in the thread, in a browser's worker as in Node's: takes one message, then serves until the team stops. */
const PROGRAM = `
const port = globalThis.process?.getBuiltinModule?.("node:worker_threads").parentPort ?? null;
const serve = ({ module, memory, team, thread }) => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (port === null) postMessage("ready");
  else port.postMessage("ready");
  exports.serve(team, thread);
  if (port === null) close();
};
if (port === null) onmessage = ({ data }) => serve(data);
else port.once("message", serve);
`;

/** Starts a thread: a worker of node:worker_threads in Node and Deno, a Web Worker in a browser. */
export function startThread(start: ThreadStart): Thread {
  const server = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  const threads = server?.getBuiltinModule?.("node:worker_threads") as WorkerThreads | undefined;
  return threads === undefined ? startWebWorker(start) : startNodeWorker(threads, start);
}

function startNodeWorker({ Worker }: WorkerThreads, start: ThreadStart): Thread {
  const worker = new Worker(PROGRAM, { eval: true });
  worker.unref();
  const ready = new Promise<void>((resolve, reject) => {
    worker.once("message", () => {
      resolve();
    });
    worker.once("error", reject);
  });
  worker.postMessage(start);
  return {
    ready,
    end: async () => {
      await worker.terminate();
    },
  };
}

function startWebWorker(start: ThreadStart): Thread {
  const url = URL.createObjectURL(new Blob([PROGRAM], { type: "text/javascript" }));
  const worker = new Worker(url);
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => {
      URL.revokeObjectURL(url);
      resolve();
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
    };
  });
  worker.postMessage(start);
  return {
    ready,
    end: () => {
      worker.terminate();
      return Promise.resolve();
    },
  };
}

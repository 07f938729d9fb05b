/** The message by which Emscripten tells a new thread what to run. */
interface LoadMessage {
  readonly cmd: "load";
  readonly urlOrBlob: Blob | string;
}

type WorkerClass = new (url: string | URL, options?: WorkerOptions) => Worker;

/**
 * A browser's `Worker` whose threads load the backend's program from `programUrl`.
 *
 * TensorFlow.js would hand them the text of its own function instead. A bundler that minifies has renamed variables around
 * that function, which its text alone then lacks: "ReferenceError: e is not defined", and no thread answers.
 *
 * @param programUrl Absolute address of tfjs-backend-wasm-threaded-simd.js, of the page's own origin.
 */
export function workersLoading(programUrl: string, Base: WorkerClass): WorkerClass {
  return class extends Base {
    override postMessage(message: unknown, transfer: Transferable[] | StructuredSerializeOptions = []): void {
      const sent = isLoad(message) ? { ...message, urlOrBlob: programUrl } : message;
      super.postMessage(sent, transfer as Transferable[]);
    }
  };
}

function isLoad(message: unknown): message is LoadMessage {
  return typeof message === "object" && message !== null && "cmd" in message && message.cmd === "load";
}

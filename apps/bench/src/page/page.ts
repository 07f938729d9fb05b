// The page hands requests to its worker, one after the other: the page's own thread may not block.
import type { Reply, Request } from "../job.ts";

const worker = new Worker(new URL("./page-worker.ts", import.meta.url), { type: "module" });

/** Called by the program that drives the page. */
function ask(request: Request): Promise<Reply> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      resolve({ error: message });
    };
    worker.postMessage(request);
  });
}

Object.assign(globalThis, { ask });

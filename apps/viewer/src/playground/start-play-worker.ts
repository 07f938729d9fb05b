import { createPlayClient, type PlayClient } from "./create-play-client.ts";

/** Starts the worker that attacks. TensorFlow.js comes with it, and with it alone. */
export function startPlayWorker(): PlayClient {
  return createPlayClient(new Worker(new URL("./play-worker.ts", import.meta.url), { type: "module" }));
}

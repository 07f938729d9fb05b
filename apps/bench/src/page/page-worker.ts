// Ours in a browser, as a contender: does the work that the page hands on. Files come from the program that drives the page.
import threadProgram from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threadedSimd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import { answerRequests } from "../answer-request.ts";
import type { Reply, Request } from "../job.ts";
import { startEngine } from "../start-engine.ts";

const answering = start();

globalThis.onmessage = ({ data }: MessageEvent<Request>) => {
  void answering
    .then((answer) => answer(data))
    .catch((error: unknown): Reply => ({ error: error instanceof Error ? error.message : String(error) }))
    .then((reply) => {
      globalThis.postMessage(reply);
    });
};

async function start(): Promise<(request: Request) => Promise<Reply>> {
  const engine = await startEngine("kernels", navigator.hardwareConcurrency, {
    browserFiles: {
      "tfjs-backend-wasm.wasm": plain,
      "tfjs-backend-wasm-simd.wasm": simd,
      "tfjs-backend-wasm-threaded-simd.wasm": threadedSimd,
      "tfjs-backend-wasm-threaded-simd.js": threadProgram,
    },
  });
  return answerRequests({
    read: async (name) => new Uint8Array(await (await fetch(`/inputs/${name}`)).arrayBuffer()),
    now: () => performance.now(),
    engine,
    program: {},
  });
}

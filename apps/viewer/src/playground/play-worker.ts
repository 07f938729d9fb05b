// Attacks images away from the page's own thread. The only file of the viewer whose imports lead to TensorFlow.js.
import threadedSimd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import threadProgram from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?url";
import { startBackend } from "@gambeson/runtime";
import { answerCalls } from "./answer-calls.ts";
import type { PlayMessage } from "./protocol.ts";

const answer = answerCalls({
  backend: (hasThreads) =>
    startBackend({
      ...(hasThreads ? {} : { threads: 1 }),
      browserFiles: {
        "tfjs-backend-wasm.wasm": plain,
        "tfjs-backend-wasm-simd.wasm": simd,
        "tfjs-backend-wasm-threaded-simd.wasm": threadedSimd,
        "tfjs-backend-wasm-threaded-simd.js": threadProgram,
      },
    }),
  now: () => performance.now(),
});

globalThis.onmessage = ({ data }: MessageEvent<PlayMessage>) => {
  void answer(data).then((reply) => {
    globalThis.postMessage(reply);
  });
};

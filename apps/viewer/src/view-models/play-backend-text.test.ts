import { expect, test } from "vitest";
import { playBackendText } from "./play-backend-text.ts";

const BACKEND = { variant: "simd-threads", threads: 2, fallback: null, inputSize: 2, classCount: 3 } as const;

test("playBackendText() says who computes and how fast", () => {
  expect(playBackendText(BACKEND, 4.08, 4)).toBe("WASM, SIMD, 2 threads; last attack 4.1 ms for 4 models");
  expect(playBackendText({ ...BACKEND, variant: "simd", threads: 1 }, null, 1)).toBe(
    "WASM, SIMD, 1 thread (enough for models of this size)",
  );
  expect(
    playBackendText({ ...BACKEND, variant: "plain", threads: 1, fallback: "no SIMD here" }, null, 1),
  ).toBe("WASM, no SIMD, 1 thread (no SIMD here)");
});

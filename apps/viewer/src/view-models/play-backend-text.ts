import { numberText } from "@gambeson/elements/numbers";
import type { PlayBackend } from "../playground/protocol.ts";

const VARIANTS = {
  "simd-threads": "SIMD",
  simd: "SIMD",
  plain: "no SIMD",
} as const satisfies Record<PlayBackend["variant"], string>;

/** "WASM, SIMD, 2 threads; last attack 4.1 ms for 4 models". @param ms What the last attack took; null before the first. */
export function playBackendText(
  { variant, threads }: PlayBackend,
  ms: number | null,
  models: number,
): string {
  const who = `WASM, ${VARIANTS[variant]}, ${threads === 1 ? "1 thread" : `${threads} threads`}`;
  if (ms === null) return who;
  return `${who}; last attack ${numberText(Number(ms.toFixed(1)))} ms for ${models === 1 ? "1 model" : `${models} models`}`;
}

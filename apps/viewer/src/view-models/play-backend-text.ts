import { numberText } from "@gambeson/elements/numbers";
import type { PlayBackend } from "../playground/protocol.ts";

const VARIANTS = {
  "simd-threads": "SIMD",
  simd: "SIMD",
  plain: "no SIMD",
} as const satisfies Record<PlayBackend["variant"], string>;

/** "WASM, SIMD, 1 thread (enough for models of this size); last attack 4.1 ms for 4 models". @param ms What the last attack took; null before the first. */
export function playBackendText(
  { variant, threads, fallback }: PlayBackend,
  ms: number | null,
  models: number,
): string {
  const why = fallback ?? "enough for models of this size";
  const who = `WASM, ${VARIANTS[variant]}, ${threads === 1 ? `1 thread (${why})` : `${threads} threads`}`;
  if (ms === null) return who;
  return `${who}; last attack ${numberText(Number(ms.toFixed(1)))} ms for ${models === 1 ? "1 model" : `${models} models`}`;
}

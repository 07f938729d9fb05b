/** Guesses how long work goes on, from how fast it went so far. */
export interface TimeLeft {
  /** Progress to `share` that took no time worth the name, because an earlier run had made it. */
  skipTo(share: number): void;
  /** @returns Milliseconds left; null while it is too early to say. */
  at(share: number, nowMs: number): number | null;
}

const EARLY_MS = 2000;
const EARLY_SHARE = 0.005;

/** @param share Where the work begins, in [0, 1]. */
export function createTimeLeft(share: number, nowMs: number): TimeLeft {
  let skipped = share;
  let reached = share;
  return {
    skipTo: (next) => {
      skipped += Math.max(0, next - reached);
      reached = Math.max(reached, next);
    },
    at: (next, now) => {
      reached = Math.max(reached, next);
      const done = reached - skipped;
      const tookMs = now - nowMs;
      return tookMs < EARLY_MS || done < EARLY_SHARE ? null : (tookMs * (1 - reached)) / done;
    },
  };
}

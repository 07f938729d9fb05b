const LEAST_MS = 300;

/** Lets through what comes not too soon after the last. */
export function createThrottle(now: () => number): { isDue(): boolean } {
  let last = -Infinity;
  return {
    isDue: () => {
      if (now() - last < LEAST_MS) return false;
      last = now();
      return true;
    },
  };
}

const EARLY_MS = 2000;
const EARLY_SHARE = 0.01;

/**
 * How long a run goes on, if it goes on as until now.
 *
 * @param share Of its work that is done, in [0, 1].
 * @param startedAt When it began, ISO 8601; null before that.
 * @returns Seconds; null while it is too early to say.
 */
export function timeLeft(share: number, startedAt: string | null, nowMs: number): number | null {
  if (startedAt === null) return null;
  const tookMs = nowMs - Date.parse(startedAt);
  if (tookMs < EARLY_MS || share < EARLY_SHARE) return null;
  return (tookMs * (1 - share)) / share / 1000;
}

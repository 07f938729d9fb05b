const TIME_DIGITS = 9;
const RANDOM_DIGITS = 10;

/** A new run's id: "r", the time in base 36, and ten random digits. Ids sort as their runs were made. */
export function newRunId(nowMs: number): string {
  const random = Array.from(crypto.getRandomValues(new Uint32Array(RANDOM_DIGITS)), (value) =>
    (value % 36).toString(36),
  );
  return `r${Math.floor(nowMs).toString(36).padStart(TIME_DIGITS, "0")}${random.join("")}`;
}

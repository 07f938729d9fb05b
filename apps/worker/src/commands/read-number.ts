import { UsageError } from "./usage-error.ts";

/** The backend's limit; a test holds it against the backend. */
export const MOST_THREADS = 8;

/** @throws {UsageError} If the option's text is not a whole number in [`min`, `max`]. */
export function readInteger(option: string, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(
    `Cannot read ${option} as it must be a whole number from ${min} to ${max}: current value is "${text}"`,
  );
}

/** @throws {UsageError} If the option's text is not a finite number, `min` or more. */
export function readNumber(option: string, text: string, min: number): number {
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value < Infinity) return value;
  throw new UsageError(
    `Cannot read ${option} as it must be a number, ${min} or more: current value is "${text}"`,
  );
}

/** Undefined where the user leaves it to the backend. */
export function readThreads(text: string | undefined): number | undefined {
  return text === undefined ? undefined : readInteger("--threads", text, 1, MOST_THREADS);
}

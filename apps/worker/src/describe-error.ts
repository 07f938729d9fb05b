/** Control characters and line separators: what a damaged file says must not steer a terminal. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029]+/gu;

/** One line that says what went wrong, in the grammar of all our messages. */
export function describeError(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).replace(UNPRINTABLE, " ").trim();
  return message.startsWith("Cannot ") ? message : `Cannot go on: ${message}`;
}

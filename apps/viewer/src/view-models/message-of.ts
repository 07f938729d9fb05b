/** What whatever was thrown says to a reader. */
export function messageOf(error: unknown): string {
  if (isUnreachable(error)) return "The server does not answer.";
  return error instanceof Error ? error.message : String(error);
}

/** Whether no answer came. Told by the error's name: Web Workers ask this, too, and need no client of the server. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Error && error.name === "UnreachableError";
}

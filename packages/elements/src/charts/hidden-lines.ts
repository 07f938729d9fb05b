/** An element's `hiddenLines`: two lists are one where they have the same ids, so that a page may make its list anew each time. */
export const HIDDEN_LINES = {
  attribute: false,
  hasChanged: (ids: readonly string[], before?: readonly string[]): boolean =>
    ids.length !== before?.length || ids.some((id, i) => id !== before[i]),
} as const;

/** Values of a page's state, as they stand in its address: what cannot be read, or is out of range, counts as not said. */

/** From 0 to `most`. */
export function wholeNumber(text: string | undefined, most = Infinity): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : null;
}

/** From `least`, not below 0, to `most`. */
export function numberIn(text: string | undefined, least: number, most: number): number | null {
  if (text === undefined || !/^\d{1,9}(\.\d{1,9})?$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

export function oneOf<T extends string>(text: string | undefined, known: readonly T[]): T | null {
  return known.find((value) => value === text) ?? null;
}

export function flag(text: string | undefined): boolean | null {
  return text === "true" ? true : text === "false" ? false : null;
}

/** A number as the address has it: with six decimals at most, and none that say nothing. */
export function shortText(value: number): string {
  return String(Number(value.toFixed(6)));
}

/** Gives text a look, where there is colour. */
export type Paint = (look: Look, text: string) => string;
export type Look = "bold" | "dim" | "good" | "alarm";

const CODES = { bold: 1, dim: 2, good: 32, alarm: "1;30;43" } as const satisfies Record<
  Look,
  number | string
>;

export function createPaint(hasColour: boolean): Paint {
  return hasColour ? (look, text) => `\x1b[${CODES[look]}m${text}\x1b[0m` : (_, text) => text;
}

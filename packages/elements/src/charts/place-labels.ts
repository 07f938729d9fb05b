import { textWidth } from "@gambeson/report";

/** A label above its place, in a row where it overlaps no other. */
export interface PlacedLabel {
  /** What it marks. */
  readonly x: number;
  /** Null where there is no room: the place is marked without a word. */
  readonly label: string | null;
  /** Middle of the text. */
  readonly middle: number;
  /** From 0, upwards. */
  readonly row: number;
}

const FONT_SIZE = 12;
const GAP = 8;
const MOST_ROWS = 3;

/**
 * Sets labels centred above their places, in as few rows as hold them without overlap.
 *
 * @param labels Places in pixels, rising.
 * @param edges Left and right in pixels; no label goes beyond.
 */
export function placeLabels(
  labels: readonly { readonly x: number; readonly label: string }[],
  [left, right]: readonly [number, number],
): readonly PlacedLabel[] {
  const ends: number[] = [];
  return labels.map(({ x, label }) => {
    const half = textWidth(label, FONT_SIZE) / 2;
    const middle = Math.max(left + half, Math.min(right - half, x));
    const free = ends.findIndex((end) => end + GAP <= middle - half);
    const row = free === -1 ? ends.length : free;
    if (row >= MOST_ROWS) return { x, label: null, middle, row: 0 };
    ends[row] = middle + half;
    return { x, label, middle, row };
  });
}

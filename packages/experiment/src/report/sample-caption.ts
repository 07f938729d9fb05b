import type { Result, SampleRow } from "@gambeson/contract";
import { percent } from "./format-number.ts";
import { fitText, textWidth } from "./text-width.ts";

export const CAPTION_SIZE = 10;

/** A line under a sample's picture. */
export interface CaptionLine {
  readonly text: string;
  readonly tone: "ink" | "muted" | "wrong";
}

/**
 * What stands under the picture of one sample: its true class, then the predicted class with its probability, on the
 * same line where `maxLines` is 2. The dagger marks an image that was wrong before the attack.
 *
 * @param attacked The row the picture is from; null for the original image.
 */
export function sampleCaption(
  result: Result,
  attacked: SampleRow | null,
  sample: number,
  { width, maxLines }: { readonly width: number; readonly maxLines: 2 | 3 },
): readonly CaptionLine[] {
  const { labels, indices } = result.seeds[0]!.samples;
  const truth = className(result, labels[sample]);
  const fit = (text: string, room = width) => fitText(text, room, CAPTION_SIZE);
  if (attacked === null) {
    return [
      { text: fit(truth), tone: "ink" },
      { text: fit(`no. ${indices[sample] ?? "?"}`), tone: "muted" },
    ];
  }
  const mark = attacked.before[sample] === labels[sample] ? "" : "†";
  const guess = `→ ${className(result, attacked.predicted[sample])}`;
  const chance = `${percent(attacked.probability[sample] ?? 0, 0)}%`;
  const tone = attacked.predicted[sample] === labels[sample] ? "ink" : "wrong";
  const guessLines =
    maxLines === 3
      ? [fit(guess), chance]
      : [`${fit(guess, width - textWidth(` ${chance}`, CAPTION_SIZE))} ${chance}`];
  return [
    { text: fit(`${truth}${mark}`), tone: "muted" },
    ...guessLines.map((text) => ({ text, tone }) as const),
  ];
}

/** The class's name, or its number where it has none. */
export function className({ dataset }: Result, k: number | undefined): string {
  return k === undefined ? "?" : (dataset.classNames[k] ?? `class ${k}`);
}

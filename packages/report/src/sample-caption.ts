import type { Result, SampleRow, Samples } from "@gambeson/contract";
import { percent } from "./format-number.ts";
import { fitText } from "./text-width.ts";

export const CAPTION_SIZE = 10;

/** A line under a sample's picture. */
export interface CaptionLine {
  readonly text: string;
  readonly tone: "ink" | "muted" | "wrong";
}

/** As many lines as stand under a picture at most. */
export const CAPTION_LINES = 3;

/**
 * What stands under the picture of one sample: its true class, the predicted class, and that one's probability. The dagger
 * marks an image that was wrong before the attack.
 *
 * @param attacked The row the picture is from; null for the original image.
 * @param width Room for a line, in pixels at `CAPTION_SIZE`.
 */
export function sampleCaption(
  result: Result,
  attacked: SampleRow | null,
  sample: number,
  width: number,
): readonly CaptionLine[] {
  const { labels, indices } = result.seeds[0]!.samples;
  const truth = className(result, labels[sample]);
  const fit = (text: string) => fitText(text, width, CAPTION_SIZE);
  if (attacked === null) {
    return [
      { text: fit(truth), tone: "ink" },
      { text: fit(`no. ${indices[sample] ?? "?"}`), tone: "muted" },
    ];
  }
  const tone = attacked.predicted[sample] === labels[sample] ? "ink" : "wrong";
  const mark = attacked.before[sample] === labels[sample] ? "" : "†";
  const guess = `→ ${className(result, attacked.predicted[sample])}`;
  return [
    { text: fit(`${truth}${mark}`), tone: "muted" },
    { text: fit(guess), tone },
    { text: `${percent(attacked.probability[sample] ?? 0, 0)} %`, tone },
  ];
}

/** The class's name, or its number where it has none. */
export function className({ dataset }: Result, k: number | undefined): string {
  return k === undefined ? "?" : (dataset.classNames[k] ?? `class ${k}`);
}

/** What made a row's pictures, with its size where one was given. */
export function attackName({ attack }: SampleRow, { epsilon }: Pick<Samples, "epsilon">): string {
  return attack === "deepfool" ? "DeepFool" : `FGS, ε ${epsilon}`;
}

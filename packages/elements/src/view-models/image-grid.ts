import type { Result, SampleRow, Samples } from "@gambeson/contract";
import { attackName, csv } from "@gambeson/report";
import { fourDecimalsText, numberText, percentText } from "../numbers.ts";
import { unitImages } from "./picture-bytes.ts";

/** One picture of a test image, and what a model sees in it. */
export interface ImageView {
  /** "original", or the attack that made it. */
  readonly name: string;
  /** `[height * width]`, row-major. May leave [0, 1]: it is clamped for showing alone. */
  readonly pixels: Float32Array;
  /** Predicted class; null where nothing was asked. */
  readonly predicted: number | null;
  /** Softmax probability of the predicted class, in [0, 1]; null where it is not known. */
  readonly probability: number | null;
  /** |Δx|/|x| of what the attack changed. */
  readonly rho?: number | null;
  /** Whether the model was wrong before the attack. */
  readonly wasWrongBefore: boolean;
}

/** A test image, side by side with what attacks made of it. */
export interface ImageGridItem {
  /** Position in the test set. */
  readonly index: number;
  /** True class. */
  readonly label: number;
  readonly width: number;
  readonly height: number;
  /** The original first. */
  readonly views: readonly ImageView[];
}

/** The words under a picture. */
export interface ViewWords {
  readonly name: string;
  /** "→ Coat 82.3 %"; empty where nothing was asked. */
  readonly guess: string;
  /** "right", "wrong", "right, but wrong before the attack" or "wrong, as before the attack"; empty where nothing was asked. */
  readonly verdict: string;
  /** "|Δx|/|x| 0.0561"; empty where it is not known. */
  readonly size: string;
  readonly isWrong: boolean;
}

/**
 * The result's own sample images with one model's answers.
 *
 * @param model Its id; the first model's where there is no such one.
 * @param options.seed Which of the result's seeds; default: the first.
 */
export function imageGridOf(
  { dataset, seeds }: Result,
  { model, seed }: { readonly model: string | null; readonly seed?: number },
): readonly ImageGridItem[] {
  const { samples, models } = seeds.find((one) => one.seed === seed) ?? seeds[0]!;
  const { width, height } = dataset;
  const id = models.some((one) => one.id === model) ? model : models[0]!.id;
  const rows = samples.rows.filter((row) => row.model === id);
  const originals = unitImages(samples.original, width * height);
  const attacked = rows.map((row) => ({ row, images: unitImages(row.pixels, width * height) }));
  return samples.indices.map((index, i) => {
    const label = samples.labels[i]!;
    const before = rows[0]?.before[i] ?? null;
    const untouched = { name: "original", predicted: before, probability: null, wasWrongBefore: false };
    return {
      ...{ index, label, width, height },
      views: [
        { ...untouched, pixels: originals[i]! },
        ...attacked.map(({ row, images }) => attackedView(row, samples, i, images[i]!)),
      ],
    };
  });
}

function attackedView(row: SampleRow, samples: Samples, i: number, pixels: Float32Array): ImageView {
  return {
    name: attackName(row, samples),
    pixels,
    predicted: row.predicted[i] ?? null,
    probability: row.probability[i] ?? null,
    rho: row.rho[i] ?? null,
    wasWrongBefore: row.before[i] !== samples.labels[i],
  };
}

/** The class's name, or its number where it has none. */
export function classNameOf(classNames: readonly string[], k: number): string {
  return classNames[k] ?? `class ${k}`;
}

/** What is written under a picture, and read out for it. */
export function viewWords(
  { label }: Pick<ImageGridItem, "label">,
  { name, predicted, probability, rho, wasWrongBefore }: ImageView,
  classNames: readonly string[],
): ViewWords {
  const size = rho == null ? "" : `|Δx|/|x| ${fourDecimalsText(rho)}`;
  if (predicted === null) return { name, guess: "", verdict: "", size, isWrong: false };
  const isWrong = predicted !== label;
  const share = probability === null ? "" : ` ${percentText(probability)}`;
  return {
    name,
    guess: `→ ${classNameOf(classNames, predicted)}${share}`,
    verdict: wasWrongBefore
      ? `${isWrong ? "wrong, as" : "right, but wrong"} before the attack`
      : isWrong
        ? "wrong"
        : "right",
    size,
    isWrong,
  };
}

/** "Image 17, an Ankle boot"-like heading of an item: its true class and its place in the test set. */
export function itemTitle({ index, label }: ImageGridItem, classNames: readonly string[]): string {
  return `${classNameOf(classNames, label)}, no. ${numberText(index)}`;
}

/** All words of a picture in a sentence, for those who cannot see it. */
export function spokenView(item: ImageGridItem, view: ImageView, classNames: readonly string[]): string {
  const { name, guess, verdict, size } = viewWords(item, view, classNames);
  const seen = guess === "" ? "" : `predicted ${guess.replace("→ ", "")}, ${verdict}`;
  const truth = `true class ${classNameOf(classNames, item.label)}`;
  return [`No. ${numberText(item.index)}, ${name}: ${truth}`, seen, size]
    .filter((part) => part !== "")
    .join("; ");
}

/** The words of all pictures as CSV: a picture a row. */
export function imageGridCsv(items: readonly ImageGridItem[], classNames: readonly string[]): string {
  return csv([
    [
      ...["index", "true_class", "true_name", "picture", "predicted_class", "predicted_name", "probability"],
      ...["rho", "wrong", "wrong_before"],
    ],
    ...items.flatMap(({ index, label, views }) =>
      views.map(({ name, predicted, probability, rho, wasWrongBefore }) => [
        ...[index, label, classNameOf(classNames, label), name, predicted],
        ...[predicted === null ? "" : classNameOf(classNames, predicted), probability, rho ?? null],
        ...[predicted === null ? "" : yesOrNo(predicted !== label), yesOrNo(wasWrongBefore)],
      ]),
    ),
  ]);
}

function yesOrNo(value: boolean): string {
  return value ? "yes" : "no";
}

import type { Result } from "@gambeson/contract";
import { escapeTex } from "./escape-tex.ts";
import { fourDecimals, grouped, percent } from "./format-number.ts";
import { publishedBeside, type PublishedModel } from "./published.ts";
import { summarise, type ImageSet, type Statistic, type Summary } from "./summarise.ts";
import { texFile, type TexTable } from "./tex-file.ts";

/** Both tables for LaTeX with booktabs: the robustness of each model, and the AUC of each class on transferred images. */
export function tableTex(result: Result): string {
  return texFile([robustnessTexTable(result), aucTexTable(result, "transferred")]);
}

/** Accuracy, rho2 and accuracy at the multiples of eps_ref, a row a model; beneath it what was published. */
export function robustnessTexTable(result: Result): TexTable {
  const summary = summarise(result);
  return {
    caption: robustnessCaption(result, summary),
    label: "tab:robustness",
    ...robustnessRows(summary, publishedBeside(result)),
  };
}

/** AUC on one set of images: a row a class, a column a model; beneath those on transferred ones what was published. */
export function aucTexTable(result: Result, images: ImageSet): TexTable {
  return {
    caption: `${texSubject(result)}: area under the ROC curve of each class against the rest, on ${IMAGES[images]}.${seedsNote(result)}`,
    label: images === "transferred" ? "tab:auc" : `tab:auc-${images}`,
    ...aucRows(
      summarise(result),
      images,
      images === "transferred" ? publishedBeside(result) : NONE_PUBLISHED,
    ),
  };
}

const IMAGES: Readonly<Record<ImageSet, string>> = {
  benign: "benign test images",
  transferred: "the DeepFool images of the pre-trained model",
  own: "each model's own DeepFool images",
};

type Rows = Pick<TexTable, "header" | "body">;
/** By model id. */
type Published = ReadonlyMap<string, PublishedModel>;
const NONE_PUBLISHED: Published = new Map();

function robustnessRows({ models, factors }: Summary, published: Published): Rows {
  return {
    header: [
      "Model",
      "Acc.\\,\\%",
      "$\\hat\\rho_2$",
      ...factors.map((f) => `@$${f}\\,\\epsilon_{\\mathrm{ref}}$`),
    ],
    body: models.flatMap(({ id, label, accuracy, rho2, accuracyAt }) => [
      [
        escapeTex(label),
        number(accuracy, percent),
        number(rho2, fourDecimals),
        ...accuracyAt.map((value) => number(value, percent)),
      ],
      ...publishedRow(published.get(id), factors),
    ]),
  };
}

function publishedRow(model: PublishedModel | undefined, factors: readonly number[]): string[][] {
  if (model === undefined) return [];
  const { accuracy, rho2, accuracyAt } = model;
  return [
    [
      PUBLISHED_TITLE,
      printed(accuracy, percent),
      printed(rho2, fourDecimals),
      ...factors.map((factor) => printed(accuracyAt[factor], percent)),
    ],
  ];
}

const PUBLISHED_TITLE = "\\quad published";

/** A number that has no deviation, as those that were published. */
function printed(value: number | undefined, format: (value: number) => string): string {
  return number(value === undefined ? null : { mean: value, deviation: null }, format);
}

function aucRows({ models, classNames }: Summary, images: ImageSet, published: Published): Rows {
  return {
    header: ["Class", ...models.map(({ label }) => stacked(label))],
    body: classNames.flatMap((name, k) => {
      const row = [
        `${k} ${escapeTex(name)}`,
        ...models.map(({ auc }) => number(auc[images][k] ?? null, fourDecimals)),
      ];
      if (published.size === 0) return [row];
      return [
        row,
        [PUBLISHED_TITLE, ...models.map(({ id }) => printed(published.get(id)?.auc[k], fourDecimals))],
      ];
    }),
  };
}

/** A name as a narrow head of a column: a word a line. */
function stacked(name: string): string {
  const words = escapeTex(name).split(" ");
  return words.length === 1 ? words[0]! : `\\shortstack[r]{${words.join("\\\\")}}`;
}

function robustnessCaption(result: Result, { epsilonReference }: Summary): string {
  const reference =
    epsilonReference === null
      ? ""
      : `; $\\epsilon_{\\mathrm{ref}} = ${numberBody(epsilonReference, fourDecimals)}$`;
  return `${texSubject(result)}: accuracy on ${grouped(result.dataset.test.count)} test images, mean relative size of DeepFool's perturbation, and accuracy in \\% under FGS${reference}.${seedsNote(result)}`;
}

/** What LaTeX tables begin their caption with: the data set, and a warning where its images were drawn by code. */
export function texSubject({ dataset }: Pick<Result, "dataset">): string {
  return (
    escapeTex(dataset.title) +
    (dataset.synthetic ? " (\\textbf{synthetic images, not the real data set})" : "")
  );
}

function seedsNote({ seeds }: Result): string {
  return seeds.length === 1 ? "" : ` Mean $\\pm$ standard deviation over ${seeds.length} seeds.`;
}

function number(statistic: Statistic | null, format: (value: number) => string): string {
  return statistic === null ? "--" : `$${numberBody(statistic, format)}$`;
}

function numberBody({ mean, deviation }: Statistic, format: (value: number) => string): string {
  return deviation === null ? format(mean) : `${format(mean)} \\pm ${format(deviation)}`;
}

import type { Result } from "@gambeson/contract";
import { escapeTex } from "./escape-tex.ts";
import { fourDecimals, grouped, percent } from "./format-number.ts";
import { summarise, type ImageSet, type Statistic, type Summary } from "./summarise.ts";
import { texFile, type TexTable } from "./tex-file.ts";

/** Both tables for LaTeX with booktabs: the robustness of each model, and the AUC of each class on transferred images. */
export function tableTex(result: Result): string {
  return texFile([robustnessTexTable(result), aucTexTable(result, "transferred")]);
}

/** Accuracy, rho2 and accuracy at the multiples of eps_ref, a row a model. */
export function robustnessTexTable(result: Result): TexTable {
  const summary = summarise(result);
  return {
    caption: robustnessCaption(result, summary),
    label: "tab:robustness",
    ...robustnessRows(summary),
  };
}

/** AUC on one set of images: a row a class, a column a model. */
export function aucTexTable(result: Result, images: ImageSet): TexTable {
  return {
    caption: `${texSubject(result)}: area under the ROC curve of each class against the rest, on ${IMAGES[images]}.${seedsNote(result)}`,
    label: images === "transferred" ? "tab:auc" : `tab:auc-${images}`,
    ...aucRows(summarise(result), images),
  };
}

const IMAGES: Readonly<Record<ImageSet, string>> = {
  benign: "benign test images",
  transferred: "the DeepFool images of the pre-trained model",
  own: "each model's own DeepFool images",
};

type Rows = Pick<TexTable, "header" | "body">;

function robustnessRows({ models, factors }: Summary): Rows {
  return {
    header: [
      "Model",
      "Acc. (\\%)",
      "$\\hat\\rho_2$",
      ...factors.map((f) => `@$${f}\\,\\epsilon_{\\mathrm{ref}}$ (\\%)`),
    ],
    body: models.map(({ label, accuracy, rho2, accuracyAt }) => [
      escapeTex(label),
      number(accuracy, percent),
      number(rho2, fourDecimals),
      ...accuracyAt.map((value) => number(value, percent)),
    ]),
  };
}

function aucRows({ models, classNames }: Summary, images: ImageSet): Rows {
  return {
    header: ["Class", ...models.map(({ label }) => escapeTex(label))],
    body: classNames.map((name, k) => [
      `${k} ${escapeTex(name)}`,
      ...models.map(({ auc }) => number(auc[images][k] ?? null, fourDecimals)),
    ]),
  };
}

function robustnessCaption(result: Result, { epsilonReference }: Summary): string {
  const reference =
    epsilonReference === null
      ? ""
      : `; $\\epsilon_{\\mathrm{ref}} = ${numberBody(epsilonReference, fourDecimals)}$`;
  return `${texSubject(result)}: accuracy on ${grouped(result.dataset.test.count)} test images, mean relative size of DeepFool's perturbation, and accuracy under FGS${reference}.${seedsNote(result)}`;
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

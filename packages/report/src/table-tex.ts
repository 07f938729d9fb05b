import type { Result } from "@gambeson/contract";
import { escapeTex } from "./escape-tex.ts";
import { fourDecimals, grouped, percent } from "./format-number.ts";
import { summarise, type Statistic, type Summary } from "./summarise.ts";

/** Both tables for LaTeX with booktabs: the robustness of each model, and the AUC of each class on transferred images. */
export function tableTex(result: Result): string {
  const summary = summarise(result);
  return [
    "% To use: \\usepackage{booktabs} \\usepackage[T1]{fontenc}, then \\input{table}.",
    table(robustnessCaption(result, summary), "tab:robustness", robustnessRows(summary)),
    table(aucCaption(result), "tab:auc", aucRows(summary)),
  ].join("\n\n");
}

interface Rows {
  readonly header: readonly string[];
  readonly body: readonly (readonly string[])[];
}

function table(caption: string, label: string, { header, body }: Rows): string {
  const line = (cells: readonly string[]) => `    ${cells.join(" & ")} \\\\`;
  return (
    [
      "\\begin{table}[htbp]",
      "  \\centering",
      `  \\caption{${caption}}`,
      `  \\label{${label}}`,
      `  \\begin{tabular}{l${"r".repeat(header.length - 1)}}`,
      "    \\toprule",
      line(header),
      "    \\midrule",
      ...body.map(line),
      "    \\bottomrule",
      "  \\end{tabular}",
      "\\end{table}",
    ].join("\n") + "\n"
  );
}

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

function aucRows({ models, classNames }: Summary): Rows {
  return {
    header: ["Class", ...models.map(({ label }) => escapeTex(label))],
    body: classNames.map((name, k) => [
      `${k} ${escapeTex(name)}`,
      ...models.map(({ auc }) => number(auc.transferred[k] ?? null, fourDecimals)),
    ]),
  };
}

function robustnessCaption(result: Result, { epsilonReference }: Summary): string {
  const reference =
    epsilonReference === null
      ? ""
      : `; $\\epsilon_{\\mathrm{ref}} = ${numberBody(epsilonReference, fourDecimals)}$`;
  return `${subject(result)}: accuracy on ${grouped(result.dataset.test.count)} test images, mean relative size of DeepFool's perturbation, and accuracy under FGS${reference}.${seedsNote(result)}`;
}

function aucCaption(result: Result): string {
  return `${subject(result)}: area under the ROC curve of each class against the rest, on the DeepFool images of the pre-trained model.${seedsNote(result)}`;
}

function subject({ dataset }: Result): string {
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

import { fourDecimalsText, numberText, percentText, statisticText } from "@gambeson/elements/numbers";
import { statisticCell } from "@gambeson/elements/statistic-cell";
import type { DataTable, DataTableCell, DataTableRow } from "@gambeson/elements";
import {
  csv,
  escapeTex,
  IMAGE_SET_TITLES,
  texFile,
  type CsvCell,
  type ImageSet,
  type ModelSummary,
  type Statistic,
} from "@gambeson/report";
import { comparedClasses, comparedModels, fullName, modelOf, type ComparedRun } from "./compared-runs.ts";
import { signedText, timesText } from "./signed-text.ts";

/** One model in one run, against the same model in the baseline. */
export interface ModelChange {
  readonly model: string;
  readonly modelLabel: string;
  readonly run: ComparedRun;
  /** Over the seeds, as all numbers here. */
  readonly accuracy: Statistic;
  readonly rho2: Statistic;
  /** The baseline's; null for the baseline itself, and where it has no such model. */
  readonly against: ModelSummary | null;
}

/** Every model, in every run that has it. */
export function modelChanges(runs: readonly ComparedRun[]): readonly ModelChange[] {
  const baseline = runs.find(({ isBaseline }) => isBaseline);
  return [...comparedModels(runs)].flatMap(([model, modelLabel]) =>
    runs.flatMap((run) => {
      const own = modelOf(run, model);
      if (own === undefined) return [];
      const other = baseline === undefined || run.isBaseline ? undefined : modelOf(baseline, model);
      const { accuracy, rho2 } = own;
      return [{ model, modelLabel, run, accuracy, rho2, against: other ?? null }];
    }),
  );
}

/** The greatest gains and losses among the changes, in words, by their position; none where nothing changed. */
export function largestChanges(changes: readonly ModelChange[]): ReadonlyMap<number, string> {
  const words = new Map<number, string>();
  const mark = (text: string, sizeOf: (change: ModelChange) => number) => {
    const sizes = changes.map((change) => (change.against === null ? 0 : sizeOf(change)));
    const most = Math.max(0, ...sizes);
    const at = sizes.indexOf(most);
    if (most > 0) words.set(at, [words.get(at), text].filter((part) => part !== undefined).join(", "));
  };
  mark("most ρ₂ gained", ({ rho2, against }) => rho2.mean - against!.rho2.mean);
  mark("most ρ₂ lost", ({ rho2, against }) => against!.rho2.mean - rho2.mean);
  mark("most accuracy gained", ({ accuracy, against }) => accuracy.mean - against!.accuracy.mean);
  mark("most accuracy lost", ({ accuracy, against }) => against!.accuracy.mean - accuracy.mean);
  return words;
}

/** Accuracy and rho2 of every model and run, with what differs from the baseline. */
export function changesTable(runs: readonly ComparedRun[], nameOf = fullName): DataTable {
  const changes = modelChanges(runs);
  const largest = largestChanges(changes);
  const columns = ["Model and run", "Accuracy", "Difference, points", "ρ₂", "Difference", "Largest changes"];
  const rowOf = (
    { modelLabel, run, accuracy, rho2, against }: ModelChange,
    i: number,
    title: string,
  ): DataTableRow => {
    const points = against === null ? "–" : signedText(100 * (accuracy.mean - against.accuracy.mean), 2);
    const difference: DataTableCell =
      against === null
        ? "–"
        : {
            text: signedText(rho2.mean - against.rho2.mean, 4),
            detail: timesText(rho2.mean, against.rho2.mean),
          };
    const mark = largest.get(i) ?? "";
    return {
      ...{ group: modelLabel, title, style: run.style },
      cells: [
        ...[statisticCell(accuracy, (share) => percentText(share, 2)), points],
        ...[statisticCell(rho2, fourDecimalsText), difference, mark],
      ],
    };
  };
  const rows = (name: typeof nameOf) => changes.map((change, i) => rowOf(change, i, name(change.run)));
  return {
    ...{ title: "What differs from the baseline.", columns, rows: rows(nameOf) },
    caption:
      "Models are matched by their ids; several seeds count with their mean, ± their standard deviation.",
    csv: () =>
      csv([
        ["model", "run", "accuracy", "accuracy_difference", "rho2", "rho2_difference", "mark"],
        ...changes.map(({ model, run, accuracy, rho2, against }, i): CsvCell[] => [
          ...[model, run.label, accuracy.mean],
          ...[
            against === null ? null : accuracy.mean - against.accuracy.mean,
            rho2.mean,
            against === null ? null : rho2.mean - against.rho2.mean,
            run.isBaseline ? "baseline" : (largest.get(i) ?? ""),
          ],
        ]),
      ]),
    tex: () => tableTexFile("What differs from the baseline.", "tab:compare", columns, rows(fullName)),
  };
}

/** eps_ref of every run. */
export function referencesTable(runs: readonly ComparedRun[], nameOf = fullName): DataTable {
  const baseline = runs.find(({ isBaseline }) => isBaseline)?.summary.epsilonReference ?? null;
  const columns = ["Run", "ε_ref", "Difference", "Data set", "Seeds"];
  const rows = runs.map((run): DataTableRow => {
    const { style, isBaseline, summary, result } = run;
    const own = summary.epsilonReference;
    const difference: DataTableCell =
      own === null || baseline === null || isBaseline
        ? "–"
        : { text: signedText(own.mean - baseline.mean, 4), detail: timesText(own.mean, baseline.mean) };
    const { title } = result.dataset;
    return {
      ...{ title: nameOf(run), style },
      cells: [statisticText(own, fourDecimalsText), difference, title, numberText(result.seeds.length)],
    };
  });
  return {
    ...{ title: "The runs.", caption: "", columns, rows },
    csv: () =>
      csv([
        ["run", "epsilon_reference", "data_set", "seeds"],
        ...runs.map(({ label, summary, result }): CsvCell[] => [
          ...[label, summary.epsilonReference?.mean ?? null, result.dataset.title, result.seeds.length],
        ]),
      ]),
    tex: () => tableTexFile("The runs.", "tab:compared-runs", columns, rows),
  };
}

/** AUC of one model, class by class, with what differs from the baseline. */
export function aucTable(
  runs: readonly ComparedRun[],
  model: string,
  images: ImageSet,
  nameOf = fullName,
): DataTable {
  const drawn = runs.filter((run) => modelOf(run, model) !== undefined);
  const aucOf = (run: ComparedRun, k: number) => modelOf(run, model)?.auc[images][k]?.mean ?? null;
  const baseline = drawn.find(({ isBaseline }) => isBaseline);
  const classNames = comparedClasses(drawn);
  const columns = (name: typeof nameOf) => ["Class", ...drawn.map(name)];
  const rows = classNames.map((name, k): DataTableRow => ({
    title: `${k} ${name}`,
    cells: drawn.map((run): DataTableCell => {
      const [own, other] = [
        aucOf(run, k),
        baseline === undefined || run.isBaseline ? null : aucOf(baseline, k),
      ];
      if (own === null) return "–";
      return other === null
        ? fourDecimalsText(own)
        : { text: fourDecimalsText(own), detail: signedText(own - other, 4) };
    }),
  }));
  const title = `AUC of ${drawn[0] === undefined ? model : modelOf(drawn[0], model)!.label}.`;
  return {
    ...{
      title,
      caption: `${IMAGE_SET_TITLES[images]}; small: what differs from the baseline.`,
      columns: columns(nameOf),
      rows,
    },
    csv: () =>
      csv([
        ["class", "class_name", ...drawn.map(({ label }) => label)],
        ...classNames.map((name, k) => [k, name, ...drawn.map((run) => aucOf(run, k))]),
      ]),
    tex: () => tableTexFile(title, "tab:compared-auc", columns(fullName), rows),
  };
}

/** The LaTeX file of a table of a comparison. */
export function tableTexFile(
  caption: string,
  label: string,
  columns: readonly string[],
  rows: readonly DataTableRow[],
): string {
  const cellText = (cell: DataTableCell) =>
    typeof cell === "string" ? cell : [cell.text, cell.detail].filter((part) => part).join(", ");
  const body = rows.map(({ group, title, cells }) =>
    [group === undefined ? title : `${group}: ${title}`, ...cells.map(cellText)].map(texOf),
  );
  return texFile([{ caption: texOf(caption), label, header: columns.map(texOf), body }]);
}

const SYMBOLS: Readonly<Record<string, string>> = {
  "ε\\_ref": "$\\epsilon_{\\mathrm{ref}}$",
  ε: "$\\epsilon$",
  "ρ₂": "$\\rho_2$",
  "–": "--",
  "−": "$-$",
  "›": "$>$",
  "…": "\\ldots{}",
};

function texOf(text: string): string {
  return escapeTex(text).replace(/ε\\_ref|ε|ρ₂|–|−|›|…/g, (symbol) => SYMBOLS[symbol] ?? symbol);
}

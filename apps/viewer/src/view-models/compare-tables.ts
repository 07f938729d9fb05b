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
import { comparedClasses, comparedModels, modelOf, type ComparedRun } from "./compared-runs.ts";
import type { Difference } from "./config-differences.ts";
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
export function changesTable(runs: readonly ComparedRun[]): DataTable {
  const changes = modelChanges(runs);
  const largest = largestChanges(changes);
  const columns = ["Model and run", "Accuracy", "Difference, points", "ρ₂", "Difference", "Largest changes"];
  const rows = changes.map(({ modelLabel, run, accuracy, rho2, against }, i): DataTableRow => {
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
      ...{ group: modelLabel, title: titleOf(run), style: run.style },
      cells: [
        ...[statisticCell(accuracy, (share) => percentText(share, 2)), points],
        ...[statisticCell(rho2, fourDecimalsText), difference, mark],
      ],
    };
  });
  return {
    ...{ title: "What differs from the baseline.", columns, rows },
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
    tex: () => tableTexFile("What differs from the baseline.", "tab:compare", columns, rows),
  };
}

/** eps_ref of every run. */
export function referencesTable(runs: readonly ComparedRun[]): DataTable {
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
      ...{ title: titleOf(run), style },
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

/** Settings or facts that differ, a column a run. */
export function differencesTable(
  title: string,
  differences: readonly Difference[],
  runs: readonly ComparedRun[],
): DataTable {
  const columns = ["Setting", ...runs.map(titleOf)];
  const rows = differences.map(({ path, values }) => ({
    title: path.replaceAll(".", " › "),
    cells: values.map((value) => shortened(value ?? "–")),
  }));
  return {
    ...{ title, caption: "", columns, rows },
    csv: () => csv([columns, ...differences.map(({ path, values }) => [path, ...values])]),
    tex: () => tableTexFile(title, "tab:differences", columns, rows),
  };
}

/** A checksum is known by its beginning; what is longer stands in the file. */
function shortened(value: string): string {
  if (/^[0-9a-f]{20,}$/.test(value)) return `${value.slice(0, 12)}…`;
  return value.length <= 40 ? value : `${value.slice(0, 39)}…`;
}

/** AUC of one model, class by class, with what differs from the baseline. */
export function aucTable(runs: readonly ComparedRun[], model: string, images: ImageSet): DataTable {
  const drawn = runs.filter((run) => modelOf(run, model) !== undefined);
  const aucOf = (run: ComparedRun, k: number) => modelOf(run, model)?.auc[images][k]?.mean ?? null;
  const baseline = drawn.find(({ isBaseline }) => isBaseline);
  const classNames = comparedClasses(drawn);
  const columns = ["Class", ...drawn.map(titleOf)];
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
      columns,
      rows,
    },
    csv: () =>
      csv([
        ["class", "class_name", ...drawn.map(({ label }) => label)],
        ...classNames.map((name, k) => [k, name, ...drawn.map((run) => aucOf(run, k))]),
      ]),
    tex: () => tableTexFile(title, "tab:compared-auc", columns, rows),
  };
}

/** What a run is called in tables. */
function titleOf({ label, isBaseline }: ComparedRun): string {
  return isBaseline ? `${label} (baseline)` : label;
}

function tableTexFile(
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

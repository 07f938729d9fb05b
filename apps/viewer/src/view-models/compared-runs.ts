import type { Result } from "@gambeson/contract";
import { summarise, type ModelSummary, type Summary } from "@gambeson/report";

/** A run beside others. */
export interface ComparedRun {
  readonly id: string;
  /** No other's. */
  readonly label: string;
  readonly isBaseline: boolean;
  /** Colour, dash and marker of its lines: its position among the runs that are picked. */
  readonly style: number;
  readonly result: Result;
  readonly summary: Summary;
}

/** The baseline comes first. */
export function comparedRuns(
  runs: readonly { readonly id: string; readonly label: string; readonly result: Result }[],
  baseline: string | null,
): readonly ComparedRun[] {
  const all = runs.map(({ id, label, result }, style) => ({
    ...{ id, label, style, result, isBaseline: id === baseline },
    summary: summarise(result),
  }));
  return all.toSorted((a, b) => Number(b.isBaseline) - Number(a.isBaseline));
}

/** The models that any run has, matched by their ids; labels and order as the first run that has them. */
export function comparedModels(runs: readonly ComparedRun[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { summary } of runs) {
    for (const { id, label } of summary.models) if (!labels.has(id)) labels.set(id, label);
  }
  return labels;
}

/** What a run is called in tables. */
export function fullName({ label, isBaseline }: ComparedRun): string {
  return isBaseline ? `${label} (baseline)` : label;
}

/** A letter that stands for a run where there is no room for its name. */
export function letterOf({ style }: Pick<ComparedRun, "style">): string {
  const round = Math.floor(style / 26);
  return `${String.fromCharCode(65 + (style % 26))}${round === 0 ? "" : round + 1}`;
}

export function shortName(run: ComparedRun): string {
  return run.isBaseline ? `${letterOf(run)} (baseline)` : letterOf(run);
}

/** As a legend has it: "B: Second run". */
export function lettersName(run: ComparedRun): string {
  return `${letterOf(run)}: ${fullName(run)}`;
}

export function modelOf({ summary }: ComparedRun, id: string): ModelSummary | undefined {
  return summary.models.find((model) => model.id === id);
}

/** The classes that any run has, by number; of data sets that name a class otherwise, every name. */
export function comparedClasses(runs: readonly ComparedRun[]): readonly string[] {
  const most = Math.max(0, ...runs.map(({ summary }) => summary.classNames.length));
  return Array.from({ length: most }, (_, k) =>
    [...new Set(runs.flatMap(({ summary }) => summary.classNames[k] ?? []))].join(" / "),
  );
}

import type { Result } from "@gambeson/contract";
import {
  captionsOf,
  csv,
  DIAGNOSTICS_COUNTED,
  diagnosticsCounts,
  escapeTex,
  findings,
  RISES_TITLE,
  share,
  texFile,
  texSubject,
  type DiagnosticsCounts,
} from "@gambeson/report";
import { numberText, percentText } from "../numbers.ts";
import type { DataTable } from "../tables/data-table.ts";

/** What in a model's diagnostics could make it look more, or less, robust than it is. */
export interface Diagnosis {
  readonly id: string;
  readonly label: string;
  readonly style: number;
  /** Empty where nothing is suspicious. */
  readonly sentences: readonly string[];
}

/** Heads of the columns in LaTeX, where a page is narrow; the caption says them at length. */
const TEX_HEADER = ["Model", "Wrong", "Unfooled", "No gradient", "Black", "Rises"];

/** One a model. */
export function diagnosisOf(result: Result): readonly Diagnosis[] {
  const found = findings(result);
  return diagnosticsCounts(result).map(({ id, label }, style) => ({
    id,
    label,
    style,
    sentences: found.filter((finding) => finding.id === id).map(({ sentence }) => sentence),
  }));
}

/** The counts behind it. */
export function diagnosticsRows(result: Result): DataTable {
  const models = diagnosticsCounts(result);
  const { title, text } = captionsOf(result).diagnostics;
  const columns = ["Model", ...DIAGNOSTICS_COUNTED, RISES_TITLE];
  return {
    title,
    caption: text,
    columns,
    rows: models.map(({ label, tallies, rises }, style) => ({
      title: label,
      style,
      cells: [
        ...tallies.map((tally) => ({
          text: numberText(tally.count),
          ...(tally.count === 0 ? {} : { detail: `(${percentText(share(tally), 2)})` }),
        })),
        rises,
      ],
    })),
    csv: () => diagnosticsCsv(models),
    tex: () =>
      texFile([
        {
          caption: `${texSubject(result)}. ${escapeTex(text)} ${texWords(columns.slice(1))}.`,
          label: "tab:diagnostics",
          header: TEX_HEADER,
          body: models.map(({ label, tallies, rises }) => [
            escapeTex(label),
            ...tallies.map(({ count }) => String(count)),
            texOf(rises),
          ]),
        },
      ]),
  };
}

function diagnosticsCsv(models: readonly DiagnosticsCounts[]): string {
  return csv([
    [
      ...["model_id", "model", "wrong_before", "unfooled", "zero_gradient", "blank"],
      ...["test_images", "accuracy_rises"],
    ],
    ...models.map(({ id, label, tallies, rises }) => [
      ...[id, label, ...tallies.map(({ count }) => count)],
      ...[tallies[0]?.of ?? 0, rises],
    ]),
  ]);
}

/** What the columns are: "Wrong: wrong before any attack; ...". */
function texWords(columns: readonly string[]): string {
  return columns.map((column, i) => `${TEX_HEADER[i + 1]!}: ${texOf(lowered(column))}`).join("; ");
}

function lowered(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** Our own words for LaTeX, which knows ε as a formula alone. */
function texOf(text: string): string {
  return escapeTex(text).replace("ε", "$\\epsilon$").replace("–", "--");
}

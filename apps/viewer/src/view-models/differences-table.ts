import type { DataTable, DataTableCell, DataTableRow } from "@gambeson/elements";
import { csv } from "@gambeson/report";
import { tableTexFile } from "./compare-tables.ts";
import { fullName, shortName, type ComparedRun } from "./compared-runs.ts";
import type { Difference } from "./config-differences.ts";
import { settingValueText, type SettingName } from "./setting-names.ts";

export interface DifferencesOptions {
  readonly title: string;
  /** What settings are called, by their paths; one that is not there is called by its path. */
  readonly names: ReadonlyMap<string, SettingName>;
  /** Whether a setting stands over its values, a run below the other, rather than before them. */
  readonly isNarrow: boolean;
}

/** Settings or facts that differ between runs. */
export function differencesTable(
  differences: readonly Difference[],
  runs: readonly ComparedRun[],
  { title, names, isNarrow }: DifferencesOptions,
): DataTable {
  const told = differences.map(({ path, values }) => {
    const { label = path.replaceAll(".", " › "), field } = names.get(path) ?? {};
    return { label, texts: values.map((value) => settingValueText(value, field)) };
  });
  const columns = ["Setting", ...runs.map(fullName)];
  const rows = told.map(({ label, texts }) => ({ title: label, cells: texts.map(shortened) }));
  const narrow = told.flatMap(({ label, texts }) =>
    runs.map((run, i): DataTableRow => {
      const { style } = run;
      return { group: label, title: shortName(run), style, cells: [shortened(texts[i]!)] };
    }),
  );
  return {
    ...{ title, caption: "" },
    ...(isNarrow ? { columns: ["Setting and run", "Value"], rows: narrow } : { columns, rows }),
    csv: () => csv([columns, ...differences.map(({ path, values }) => [path, ...values.map(fileText)])]),
    tex: () => tableTexFile(title, "tab:differences", columns, rows),
  };
}

/** As `--set` would have it; nothing where there is none. */
function fileText(value: unknown): string | null {
  if (value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A checksum is known by its beginning; the whole of what is long is there for who asks. */
function shortened(text: string): DataTableCell {
  const most = /^[0-9a-f]{20,}$/.test(text) ? 12 : 40;
  return text.length <= most ? text : { text: `${text.slice(0, most - 1)}…`, whole: text };
}

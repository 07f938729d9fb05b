import type { Result, Tally } from "@gambeson/contract";
import { captionsOf } from "./captions.ts";
import { DIAGNOSTICS_COUNTED, diagnosticsCounts, RISES_TITLE } from "./diagnostics-counts.ts";
import { grouped, percent } from "./format-number.ts";
import type { Markup } from "./markup.ts";
import { captionContent, modelTitle, pageTable, tableRow } from "./page-table.ts";
import { share } from "./summarise.ts";

/** The counts behind the findings. */
export function diagnosticsTable(result: Result): Markup {
  return pageTable({
    name: "Diagnostics",
    caption: captionContent(captionsOf(result).diagnostics),
    head: ["Model", ...DIAGNOSTICS_COUNTED, RISES_TITLE],
    rows: diagnosticsCounts(result).map(({ label, tallies, rises }, i) =>
      tableRow(modelTitle(label, i), [...tallies.map(countAndShare), rises]),
    ),
  });
}

function countAndShare(tally: Tally): string {
  return tally.count === 0 ? "0" : `${grouped(tally.count)} (${percent(share(tally))} %)`;
}

import { max, sum } from "d3-array";
import type { Result } from "@gambeson/contract";
import { tallyOf } from "./findings.ts";
import { grouped, percent } from "./format-number.ts";
import { element, type Markup } from "./markup.ts";
import { modelTitle, pageTable, tableRow } from "./page-table.ts";
import { share, summarise, type ModelSummary } from "./summarise.ts";

/** The counts behind the findings. */
export function diagnosticsTable(result: Result): Markup {
  const { models } = summarise(result);
  const rows = models.map((model, i) =>
    tableRow(modelTitle(model.label, i), [
      countAndShare(tallyOf(model, (d) => d.wrongBefore)),
      countAndShare(tallyOf(model, (d) => d.unfooled)),
      countAndShare(tallyOf(model, (d) => d.zeroGradient)),
      countAndShare(tallyOf(model, (d) => d.blank)),
      risesText(model),
    ]),
  );
  const images = grouped(result.dataset.test.count);
  const over = result.seeds.length > 1 ? `, summed over ${result.seeds.length} seeds` : "";
  return pageTable({
    name: "Diagnostics",
    caption: [element("b", {}, "Diagnostics. "), `Counts of the ${images} test images${over}.`],
    head: [
      "Model",
      "Wrong before any attack",
      "Not fooled by DeepFool",
      "Zero gradient for FGS",
      "All black",
      "Accuracy rises with ε",
    ],
    rows,
  });
}

function countAndShare(tally: { readonly count: number; readonly of: number }): string {
  return tally.count === 0 ? "0" : `${grouped(tally.count)} (${percent(share(tally))} %)`;
}

function risesText({ runs }: ModelSummary): string {
  if (runs.every(({ curve }) => curve === null)) return "–";
  const places = sum(runs, ({ diagnostics }) => diagnostics.curveRises.count);
  const climb = max(runs, ({ diagnostics }) => diagnostics.curveRises.largest) ?? 0;
  if (places === 0) return "never";
  return `${places === 1 ? "once" : `${places} times`}, by ${percent(climb)} points`;
}

import { sum } from "d3-array";
import type { Result } from "@gambeson/contract";
import { captionsOf } from "./captions.ts";
import { grouped } from "./format-number.ts";
import { element, type Markup } from "./markup.ts";
import { captionContent, pageTable } from "./page-table.ts";
import type { ModelSummary } from "./summarise.ts";

/** Benign test images by true (down) and predicted (across) class, summed over the seeds, the darker the more. */
export function confusionTable(result: Result, { label, runs }: ModelSummary): Markup {
  const names = result.dataset.classNames;
  const rows = names.map((name, truth) => {
    const counts = names.map((_, guess) => sum(runs, ({ confusion }) => confusion[truth]?.[guess] ?? 0));
    const total = Math.max(1, sum(counts));
    const cells = counts.map((count, guess) =>
      element(
        "td",
        { class: truth === guess ? "right" : null, style: heat(count / total) },
        count === 0 ? "·" : grouped(count),
      ),
    );
    return element("tr", {}, element("th", { scope: "row" }, `${truth} ${name}`), cells);
  });
  return pageTable({
    name: `Confusion matrix of ${label}`,
    caption: captionContent(captionsOf(result).confusion(label)),
    head: ["true ↓ predicted →", ...names.map((_, k) => String(k))],
    rows,
    kind: "matrix",
  });
}

function heat(share: number): string {
  return `background:rgba(var(--heat),${(0.6 * share).toFixed(3)})`;
}

import type { Result } from "@gambeson/contract";
import { captionsOf, csv, escapeTex, summarise, texFile, texSubject } from "@gambeson/report";
import { numberText, percentText } from "../numbers.ts";
import type { DataTable } from "../tables/data-table.ts";

/** Benign test images by what they are and what a model takes them for, summed over the seeds. */
export interface ConfusionMatrix {
  readonly model: string;
  readonly label: string;
  readonly classNames: readonly string[];
  /** counts[true class][predicted class]. */
  readonly counts: readonly (readonly number[])[];
  /** The same as shares of the true class's images; 0 where it has none. */
  readonly shares: readonly (readonly number[])[];
}

/** @param model Its id; the first model where there is no such one. */
export function confusionMatrix(result: Result, model: string | null): ConfusionMatrix {
  const { models, classNames } = summarise(result);
  const { id, label, runs } = models.find((one) => one.id === model) ?? models[0]!;
  const counts = classNames.map((_, truth) =>
    classNames.map((__, guess) =>
      runs.reduce((sum, { confusion }) => sum + (confusion[truth]?.[guess] ?? 0), 0),
    ),
  );
  const shares = counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total === 0 ? 0 : count / total));
  });
  return { model: id, label, classNames, counts, shares };
}

/** The matrix as a table: true classes down, predicted ones across, the deeper in colour the more. */
export function confusionTable(result: Result, matrix: ConfusionMatrix): DataTable {
  const { label, classNames, counts, shares } = matrix;
  return {
    title: `Confusion matrix. ${label}.`,
    caption: `${captionsOf(result).confusion(label).text} Share: of the true class's images.`,
    columns: ["True class ↓ predicted →", ...classNames.map((name, k) => `${k} ${name}`)],
    rows: classNames.map((name, truth) => ({
      title: `${truth} ${name}`,
      cells: classNames.map((_, guess) => {
        const [count, share] = [counts[truth]![guess]!, shares[truth]![guess]!];
        const heat = [truth === guess ? "accent" : "wrong", heatOf(share)] as const;
        return { text: numberText(count), ...(count === 0 ? {} : { detail: percentText(share), heat }) };
      }),
    })),
    csv: () => confusionCsv(matrix),
    tex: () =>
      texFile([
        {
          caption: `${texSubject(result)}, ${escapeTex(label)}: benign test images by true class (down) and predicted class (across).`,
          label: `tab:confusion-${matrix.model}`,
          header: ["", ...classNames.map((_, k) => String(k))],
          body: classNames.map((name, k) => [`${k} ${escapeTex(name)}`, ...counts[k]!.map(String)]),
        },
      ]),
  };
}

/** How deep a cell is coloured: its share's square root, so that errors are seen beside the many that are right. */
export function heatOf(share: number): number {
  return Math.sqrt(share);
}

function confusionCsv({ model, classNames, counts, shares }: ConfusionMatrix): string {
  const header = ["model_id", "true_class", "true_name", "predicted_class", "predicted_name"];
  const rows = counts.flatMap((row, truth) =>
    row.map((count, guess) => [
      ...[model, truth, classNames[truth]!, guess, classNames[guess]!],
      ...[count, shares[truth]![guess]!],
    ]),
  );
  return csv([[...header, "count", "share"], ...rows]);
}

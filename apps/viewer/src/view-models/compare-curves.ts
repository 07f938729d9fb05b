import type { CompareChoice } from "./compare-choice.ts";
import { comparedClasses, comparedModels, modelOf, type ComparedRun } from "./compared-runs.ts";

/** Which curves of the runs are shown. */
export interface CompareCurves {
  /** Id of the model whose accuracy is drawn; "" for every model's. */
  readonly model: string;
  /** Id of the model whose ROC is drawn. */
  readonly rocModel: string;
  /** Its label. */
  readonly rocTitle: string;
  /** The true class of ROC curves. */
  readonly label: number;
  readonly modelOptions: readonly Option[];
  readonly classOptions: readonly Option[];
}

interface Option {
  readonly value: string;
  readonly text: string;
}

/**
 * What is asked for, as far as the runs have it; else the last model that all of them have, and the first class.
 *
 * @param runs One or more.
 */
export function compareCurves(
  runs: readonly ComparedRun[],
  { model, label }: Pick<CompareChoice, "model" | "label">,
): CompareCurves {
  const models = comparedModels(runs);
  const ids = [...models.keys()];
  const shared = ids.filter((id) => runs.every((run) => modelOf(run, id) !== undefined));
  const rocModel = model !== null && models.has(model) ? model : (shared.at(-1) ?? ids.at(-1) ?? "");
  const classes = comparedClasses(runs);
  return {
    ...{ model: model === "" ? "" : rocModel, rocModel, rocTitle: models.get(rocModel) ?? "" },
    label: label < classes.length ? label : 0,
    modelOptions: [
      ...[...models].map(([value, text]) => ({ value, text })),
      { value: "", text: "every model" },
    ],
    classOptions: classes.map((name, k) => ({ value: String(k), text: `${k} ${name}` })),
  };
}

import type { Run } from "@gambeson/contract";
import { modelLabels } from "./task-graph.ts";

/** Something of a finished run that can be had as a file. */
export interface RunFileLink {
  readonly text: string;
  readonly address: string;
}

/** The files of a finished run. */
export interface RunFiles {
  readonly report: RunFileLink;
  readonly result: RunFileLink;
  /** As tables for other programs. */
  readonly tables: readonly RunFileLink[];
  /** Every model's, seed by seed. */
  readonly weights: readonly RunFileLink[];
}

export function runFiles({ id, config }: Pick<Run, "id" | "config">): RunFiles {
  const base = `/api/v1/runs/${id}`;
  const link = (text: string, file: string): RunFileLink => ({ text, address: `${base}/${file}` });
  const isOne = config.seeds.length === 1;
  return {
    report: link("Report, one HTML file", "report.html"),
    result: link("result.json", "result.json"),
    tables: [
      link("Robustness, CSV", "table.csv"),
      link("Robustness, LaTeX", "table.tex"),
      link("AUC, CSV", "auc.csv"),
      link("Accuracy against ε, CSV", "curves.csv"),
      link("Every test image, CSV", "images.csv"),
    ],
    weights: config.seeds.flatMap((seed) =>
      [...modelLabels(config)].map(([model, label]) =>
        link(isOne ? label : `${label}, seed ${seed}`, `weights/${seed}/${model}.safetensors`),
      ),
    ),
  };
}

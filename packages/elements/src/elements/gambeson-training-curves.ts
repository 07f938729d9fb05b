import type { Result } from "@gambeson/contract";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import "../charts/gambeson-line-chart.ts";
import { HIDDEN_LINES } from "../charts/hidden-lines.ts";
import type { LineChart } from "../charts/line-chart.ts";
import { themeStyles } from "../theme.ts";
import {
  trainingAccuracyChart,
  trainingAccuracyCsv,
  trainingLines,
  trainingLossChart,
  trainingLossCsv,
  type TrainingLine,
} from "../view-models/training-curves.ts";

/**
 * `<gambeson-training-curves>`: accuracy and loss of every training, epoch by epoch, of a result or as they grow.
 *
 * @property result A result.json, parsed.
 * @property lines Trainings as far as they have come; in place of `result`.
 * @property hiddenLines Ids of models whose lines are hidden.
 * @fires hidden-lines-change `detail` is the ids.
 */
export class GambesonTrainingCurves extends LitElement {
  static override properties = {
    result: { attribute: false },
    lines: { attribute: false },
    hiddenLines: HIDDEN_LINES,
  };
  static override styles = [
    themeStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        gap: 1rem 2rem;
        color: var(--ink);
      }
      p {
        margin: 0;
        color: var(--muted);
      }
    `,
  ];
  declare result: Result | null;
  declare lines: readonly TrainingLine[] | null;
  declare hiddenLines: readonly string[];

  constructor() {
    super();
    this.result = null;
    this.lines = null;
    this.hiddenLines = [];
  }

  override render(): TemplateResult | typeof nothing {
    const lines = this.lines ?? (this.result === null ? null : trainingLines(this.result));
    if (lines === null) return nothing;
    if (lines.every(({ epochs }) => epochs.length === 0)) {
      return html`<p>
        ${this.lines === null ? "No model was trained for an epoch." : "No epoch is done yet."}
      </p>`;
    }
    const accuracy = trainingAccuracyChart(lines, this.hiddenLines);
    const loss = trainingLossChart(lines, this.hiddenLines);
    return html`${this.#renderChart(accuracy, "training-accuracy", () => trainingAccuracyCsv(lines))}
    ${this.#renderChart(loss, "training-loss", () => trainingLossCsv(lines))}`;
  }

  #renderChart(chart: LineChart, name: string, csv: () => string): TemplateResult {
    return html`<gambeson-line-chart
      .name=${name}
      .chart=${chart}
      .csv=${csv}
      .hiddenLines=${this.hiddenLines}
      @hidden-lines-change=${({ detail }: CustomEvent<readonly string[]>) => {
        this.hiddenLines = detail;
        this.dispatchEvent(new CustomEvent("hidden-lines-change", { detail }));
      }}
    ></gambeson-line-chart>`;
  }
}

customElements.define("gambeson-training-curves", GambesonTrainingCurves);

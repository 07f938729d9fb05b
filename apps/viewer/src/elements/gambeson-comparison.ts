import type { ImageSet } from "@gambeson/report";
import { IMAGE_SET_TITLES, IMAGE_SETS } from "@gambeson/report";
import { drawSelect } from "@gambeson/elements";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import {
  comparedAccuracy,
  comparedBars,
  comparedRoc,
  type ComparedChart,
} from "../view-models/compare-charts.ts";
import type { CompareChoice } from "../view-models/compare-choice.ts";
import { comparedModels, type ComparedRun } from "../view-models/compared-runs.ts";
import { aucTable, changesTable, differencesTable, referencesTable } from "../view-models/compare-tables.ts";
import { configDifferences, haveSameTest, provenanceDifferences } from "../view-models/config-differences.ts";
import "./gambeson-compare-bars.ts";

/**
 * `<gambeson-comparison>`: what differs between runs, first in numbers, then in settings, then on the same axes.
 *
 * @property runs Two or more. @property choice What of them is shown.
 * @fires choice-change `detail` is changes of the address's keys; null takes one away.
 */
export class GambesonComparison extends LitElement {
  static override properties = { runs: { attribute: false }, choice: { attribute: false } };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .warning {
        border: 2px solid var(--wrong);
        border-radius: 0.6rem;
        padding: 0.5rem 1rem;
        font-weight: 600;
      }
      .roc {
        max-width: 34rem;
      }
      .wide {
        max-width: 56rem;
      }
      section > * + * {
        margin-block-start: 0.75rem;
      }
    `,
  ];
  declare runs: readonly ComparedRun[];
  declare choice: CompareChoice | null;

  constructor() {
    super();
    this.runs = [];
    this.choice = null;
  }

  override render(): TemplateResult | typeof nothing {
    const { runs, choice } = this;
    if (choice === null || runs.length === 0) return nothing;
    return html`${drawNumbers(runs)} ${drawSettings(runs)} ${this.#renderCurves(runs, choice)}
    ${this.#renderRoc(runs, choice)}`;
  }

  #renderCurves(runs: readonly ComparedRun[], choice: CompareChoice): TemplateResult {
    const options = [...modelOptions(runs), { value: "", text: "every model" }];
    return html`<section>
      <h2>Accuracy under attack</h2>
      ${drawSelect("Model", options, choice.model, (model) => {
        this.#tell({ model });
      })}
      <div class="wide">
        ${this.#renderChart(comparedAccuracy(runs, choice.model), "compare-accuracy", 0.56)}
      </div>
    </section>`;
  }

  #renderRoc(runs: readonly ComparedRun[], choice: CompareChoice): TemplateResult {
    const { label, images } = choice;
    const model = choice.model === "" ? [...comparedModels(runs).keys()][0]! : choice.model;
    const classes = runs[0]!.summary.classNames.map((name, k) => ({
      value: String(k),
      text: `${k} ${name}`,
    }));
    const sets = IMAGE_SETS.map((set) => ({ value: set, text: IMAGE_SET_TITLES[set] }));
    return html`<section>
      <h2>ROC of ${comparedModels(runs).get(model) ?? model}</h2>
      <div class="row">
        ${drawSelect("Class", classes, String(label), (value) => {
          this.#tell({ class: value });
        })}
        ${drawSelect<ImageSet>("Images", sets, images, (value) => {
          this.#tell({ images: value });
        })}
      </div>
      <div class="roc">
        ${this.#renderChart(comparedRoc(runs, { model, label, images }), "compare-roc", 1)}
      </div>
      <gambeson-data-table name="compare-auc" .table=${aucTable(runs, model, images)}></gambeson-data-table>
    </section>`;
  }

  #renderChart(compared: ComparedChart | null, name: string, aspect: number): TemplateResult {
    if (compared === null) return html`<p>None of these runs has this curve. Choose another model.</p>`;
    return html`<gambeson-line-chart
      .name=${name}
      .chart=${compared.chart}
      .csv=${compared.csv}
      .aspect=${aspect}
      .hiddenLines=${this.choice?.hidden ?? []}
      @hidden-lines-change=${({ detail }: CustomEvent<readonly string[]>) => {
        this.#tell({ hidden: detail.length === 0 ? null : detail.join(",") });
      }}
    ></gambeson-line-chart>`;
  }

  #tell(detail: Readonly<Record<string, string | null>>): void {
    this.dispatchEvent(new CustomEvent("choice-change", { detail }));
  }
}

function modelOptions(
  runs: readonly ComparedRun[],
): readonly { readonly value: string; readonly text: string }[] {
  return [...comparedModels(runs)].map(([value, text]) => ({ value, text }));
}

function drawNumbers(runs: readonly ComparedRun[]): TemplateResult {
  const results = runs.map(({ result }) => result);
  return html`<section>
    <h2>Numbers</h2>
    ${
      haveSameTest(results)
        ? nothing
        : html`<p class="warning" role="note">
            These runs were measured on different test images: their numbers do not compare.
          </p>`
    }
    <gambeson-data-table name="compare" .table=${changesTable(runs)}></gambeson-data-table>
    <gambeson-compare-bars .bars=${comparedBars(runs)}></gambeson-compare-bars>
    <gambeson-data-table name="compare-runs" .table=${referencesTable(runs)}></gambeson-data-table>
  </section>`;
}

function drawSettings(runs: readonly ComparedRun[]): TemplateResult {
  const results = runs.map(({ result }) => result);
  const settings = configDifferences(results.map(({ config }) => config));
  const facts = provenanceDifferences(results);
  return html`<section>
    <h2>Settings</h2>
    ${
      settings.length === 0
        ? html`<p>The settings are the same.</p>`
        : html`<gambeson-data-table
            name="compare-settings"
            .table=${differencesTable("Settings that differ.", settings, runs)}
          ></gambeson-data-table>`
    }
    ${
      facts.length === 0
        ? html`<p>Code, machine and data are the same.</p>`
        : html`<gambeson-data-table
            name="compare-provenance"
            .table=${differencesTable("Code, machine or data that differ.", facts, runs)}
          ></gambeson-data-table>`
    }
  </section>`;
}

customElements.define("gambeson-comparison", GambesonComparison);

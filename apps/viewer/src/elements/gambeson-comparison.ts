import { drawSelect, HIDDEN_LINES, MeasuredWidth, type DataTable } from "@gambeson/elements";
import { controlStyles } from "@gambeson/elements/styles";
import { IMAGE_SET_TITLES, IMAGE_SETS, type ImageSet } from "@gambeson/report";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { comparedBars, type ComparedBars } from "../view-models/compare-bars.ts";
import { comparedAccuracy, comparedRoc, type ComparedChart } from "../view-models/compare-charts.ts";
import { compareCurves, type CompareCurves } from "../view-models/compare-curves.ts";
import { aucTable, changesTable, referencesTable } from "../view-models/compare-tables.ts";
import { fullName, lettersName, shortName, type ComparedRun } from "../view-models/compared-runs.ts";
import { configDifferences, haveSameTest, provenanceDifferences } from "../view-models/config-differences.ts";
import { differencesTable } from "../view-models/differences-table.ts";
import { FACT_NAMES, settingNames } from "../view-models/setting-names.ts";
import { NARROW } from "./draw-compare-bars.ts";
import "./gambeson-compare-bars.ts";

/**
 * `<gambeson-comparison>`: what differs between runs, first in numbers, then in settings, then on the same axes.
 *
 * @property runs Two or more. @property model Id of the model whose curves are asked for; "" for every one's, null for the usual.
 * @property label Of ROC curves: the true class. @property images What they are measured on. @property hiddenLines Ids of lines.
 * @fires choice-change `detail` is changes of the address's keys; null takes one away.
 */
export class GambesonComparison extends LitElement {
  static override properties = {
    runs: { attribute: false },
    model: { attribute: false },
    label: { type: Number },
    images: {},
    hiddenLines: HIDDEN_LINES,
  };
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
  declare model: string | null;
  declare label: number;
  declare images: ImageSet;
  declare hiddenLines: readonly string[];
  readonly #width = new MeasuredWidth(this);
  /** Of what is drawn now. */
  #isNarrow = false;
  #facts: ComparedFacts | null = null;
  #curves: CompareCurves | null = null;
  #accuracy: ComparedChart | null = null;
  #roc: ComparedChart | null = null;
  #auc: DataTable | null = null;

  constructor() {
    super();
    this.runs = [];
    this.model = null;
    this.label = 0;
    this.images = "transferred";
    this.hiddenLines = [];
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { runs, images } = this;
    if (runs.length === 0) return;
    const curves = compareCurves(runs, this);
    const { model, rocModel, label } = curves;
    const isNarrow = this.#width.value < NARROW;
    const isTurned = isNarrow !== this.#isNarrow;
    this.#isNarrow = isNarrow;
    const isOther = changed.has("runs") || changed.has("model");
    this.#curves = curves;
    if (changed.has("runs") || isTurned) this.#facts = comparedFacts(runs, isNarrow);
    if (isOther) this.#accuracy = comparedAccuracy(runs, model);
    if (isOther || isTurned || changed.has("images")) {
      this.#auc = aucTable(runs, rocModel, images, isNarrow ? shortName : fullName);
    }
    if (isOther || changed.has("images") || changed.has("label")) {
      this.#roc = comparedRoc(runs, { model: rocModel, label, images });
    }
  }

  override render(): TemplateResult | typeof nothing {
    if (this.runs.length === 0 || this.#facts === null || this.#curves === null) return nothing;
    return html`${drawNumbers(this.#facts)} ${drawSettings(this.#facts)} ${this.#renderCurves(this.#curves)}
    ${this.#renderRoc(this.#curves)}`;
  }

  #renderCurves({ model, modelOptions }: CompareCurves): TemplateResult {
    return html`<section>
      <h2>Accuracy under attack</h2>
      ${drawSelect("Model", modelOptions, model, (value) => {
        this.#tell({ model: value });
      })}
      <div class="wide">${this.#renderChart(this.#accuracy, "compare-accuracy", 0.56)}</div>
    </section>`;
  }

  #renderRoc({ rocTitle, label, classOptions }: CompareCurves): TemplateResult {
    const sets = IMAGE_SETS.map((set) => ({ value: set, text: IMAGE_SET_TITLES[set] }));
    return html`<section>
      <h2>ROC of ${rocTitle}</h2>
      <div class="row">
        ${drawSelect("Class", classOptions, String(label), (value) => {
          this.#tell({ class: value });
        })}
        ${drawSelect<ImageSet>("Images", sets, this.images, (value) => {
          this.#tell({ images: value });
        })}
      </div>
      <div class="roc">${this.#renderChart(this.#roc, "compare-roc", 1)}</div>
      <gambeson-data-table name="compare-auc" .table=${this.#auc}></gambeson-data-table>
    </section>`;
  }

  #renderChart(compared: ComparedChart | null, name: string, aspect: number): TemplateResult {
    if (compared === null) return html`<p>None of these runs has this curve. Choose another model.</p>`;
    return html`<gambeson-line-chart
      .name=${name}
      .chart=${compared.chart}
      .csv=${compared.csv}
      .aspect=${aspect}
      .hiddenLines=${this.hiddenLines}
      @hidden-lines-change=${({ detail }: CustomEvent<readonly string[]>) => {
        this.#tell({ hidden: detail.length === 0 ? null : detail.join(",") });
      }}
    ></gambeson-line-chart>`;
  }

  #tell(detail: Readonly<Record<string, string | null>>): void {
    this.dispatchEvent(new CustomEvent("choice-change", { detail }));
  }
}

/** What does not depend on what is chosen. */
interface ComparedFacts {
  readonly isNarrow: boolean;
  readonly haveSameTest: boolean;
  readonly changes: DataTable;
  readonly bars: ComparedBars;
  readonly references: DataTable;
  /** Null where nothing differs. */
  readonly settings: DataTable | null;
  readonly provenance: DataTable | null;
}

function comparedFacts(runs: readonly ComparedRun[], isNarrow: boolean): ComparedFacts {
  const results = runs.map(({ result }) => result);
  const configs = results.map(({ config }) => config);
  const settings = configDifferences(configs);
  const provenance = provenanceDifferences(results);
  return {
    isNarrow,
    haveSameTest: haveSameTest(results),
    changes: changesTable(runs, isNarrow ? shortName : fullName),
    bars: comparedBars(runs),
    references: referencesTable(runs, isNarrow ? lettersName : fullName),
    settings:
      settings.length === 0
        ? null
        : differencesTable(settings, runs, {
            ...{ title: "Settings that differ.", names: settingNames(configs), isNarrow },
          }),
    provenance:
      provenance.length === 0
        ? null
        : differencesTable(provenance, runs, {
            ...{ title: "Code, machine or data that differ.", names: FACT_NAMES, isNarrow },
          }),
  };
}

function drawNumbers(facts: ComparedFacts): TemplateResult {
  const { haveSameTest: isOneTest, isNarrow, changes, bars, references } = facts;
  const runs = html`<gambeson-data-table name="compare-runs" .table=${references}></gambeson-data-table>`;
  return html`<section>
    <h2>Numbers</h2>
    ${
      isOneTest
        ? nothing
        : html`<p class="warning" role="note">
            These runs were measured on different test images: their numbers do not compare.
          </p>`
    }
    ${isNarrow ? runs : nothing}
    <gambeson-data-table name="compare" .table=${changes}></gambeson-data-table>
    <h3>ρ₂ of every model and run</h3>
    <gambeson-compare-bars .bars=${bars}></gambeson-compare-bars>
    ${isNarrow ? nothing : runs}
  </section>`;
}

function drawSettings({ settings, provenance }: ComparedFacts): TemplateResult {
  return html`<section>
    <h2>Settings</h2>
    ${
      settings === null
        ? html`<p>The settings are the same.</p>`
        : html`<gambeson-data-table name="compare-settings" .table=${settings}></gambeson-data-table>`
    }
    ${
      provenance === null
        ? html`<p>Code, machine and data are the same.</p>`
        : html`<gambeson-data-table name="compare-provenance" .table=${provenance}></gambeson-data-table>`
    }
  </section>`;
}

customElements.define("gambeson-comparison", GambesonComparison);

import type { Result } from "@gambeson/contract";
import { IMAGE_SET_TITLES, IMAGE_SETS, type ImageSet } from "@gambeson/report";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { shownSeries } from "../charts/chart-key.ts";
import { axesText, drawSmallChart, drawSmallCharts, type SmallChart } from "../charts/draw-small-charts.ts";
import "../charts/gambeson-line-chart.ts";
import { HIDDEN_LINES } from "../charts/hidden-lines.ts";
import "../charts/gambeson-save-buttons.ts";
import type { SavedForm } from "../charts/gambeson-save-buttons.ts";
import { csvFile, pngFile, svgFile } from "../charts/save-file.ts";
import { controlStyles } from "../styles.ts";
import { themeStyles } from "../theme.ts";
import { firstRocClass, rocChart, rocCsv, rocCurves, type RocCurves } from "../view-models/roc-curves.ts";
import { drawSelect } from "./draw-select.ts";

const SMALL_SIDE = 132;
const FILE = { side: 200, columns: 5 } as const;

/**
 * `<gambeson-roc-curve>`: ROC of one class against the rest, a curve a model, on benign images or on DeepFool's; of all classes as small
 * charts, of which each chooses its class.
 *
 * @property result A result.json, parsed.
 * @property classIndex Which class. Default: the first that the result's config draws.
 * @property images "benign", "transferred" or "own". Default: "benign".
 * @property isZoomed Whether the upper left corner is enlarged.
 * @property hasAll Whether small charts of all classes stand below.
 * @property hiddenLines Ids of models whose curves are hidden.
 * @slot Stands beside the chart where there is room, or else below.
 * @fires class-change `detail` is the class.
 * @fires images-change `detail` is the set of images.
 * @fires zoom-change `detail` is isZoomed.
 * @fires all-change `detail` is hasAll.
 * @fires hidden-lines-change `detail` is the ids.
 */
export class GambesonRocCurve extends LitElement {
  static override properties = {
    result: { attribute: false },
    classIndex: { type: Number, attribute: "class-index" },
    images: {},
    isZoomed: { type: Boolean, attribute: "zoomed" },
    hasAll: { type: Boolean, attribute: "all" },
    hiddenLines: HIDDEN_LINES,
  };
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
        color: var(--ink);
      }
      .sides {
        display: grid;
        gap: 0.5rem 2rem;
        align-items: start;
      }
      @container (min-width: 58rem) {
        .sides {
          grid-template-columns: minmax(0, 34rem) minmax(0, 1fr);
        }
      }
      gambeson-line-chart {
        max-width: 34rem;
      }
      .sides + slot {
        display: block;
        margin-block-start: 1.25rem;
      }
      .choices {
        margin-block-end: 0.75rem;
      }
      .all {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr));
        gap: 0.5rem;
        list-style: none;
        margin: 0.75rem 0 0.5rem;
        padding: 0;
      }
      .all button {
        width: 100%;
        padding: 0.4rem;
        text-align: start;
        overflow-wrap: anywhere;
      }
      .all button[aria-pressed="true"] {
        border-color: var(--accent);
        outline: 2px solid var(--accent);
        outline-offset: -1px;
        font-weight: 600;
      }
      .all button:focus-visible {
        outline-width: 3px;
        outline-offset: 2px;
      }
      .all svg {
        display: block;
        width: 100%;
        height: auto;
        margin-block-start: 0.25rem;
      }
      @media print {
        .choices input,
        .choices label:has(input:not(:checked)) {
          display: none;
        }
      }
    `,
  ];
  declare result: Result | null;
  declare classIndex: number | null;
  declare images: ImageSet;
  declare isZoomed: boolean;
  declare hasAll: boolean;
  declare hiddenLines: readonly string[];
  /** Of one class, or of all. */
  #curves: readonly RocCurves[] = [];

  constructor() {
    super();
    this.result = null;
    this.classIndex = null;
    this.images = "benign";
    this.isZoomed = false;
    this.hasAll = false;
    this.hiddenLines = [];
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { result, images, hasAll } = this;
    if (result === null) return;
    if (!(["result", "classIndex", "images", "hasAll"] as const).some((name) => changed.has(name))) return;
    const classes = hasAll ? [...result.dataset.classNames.keys()] : [this.#chosen(result)];
    this.#curves = classes.map((k) => rocCurves(result, k, images));
  }

  #chosen(result: Result): number {
    const { classIndex } = this;
    const isKnown = classIndex !== null && result.dataset.classNames[classIndex] !== undefined;
    return isKnown ? classIndex : firstRocClass(result);
  }

  override render(): TemplateResult | typeof nothing {
    const { result } = this;
    if (result === null) return nothing;
    const chosen = this.#chosen(result);
    const curves = this.#curves.find(({ classIndex }) => classIndex === chosen);
    if (curves === undefined) return nothing;
    return html`${this.#renderChoices(result, chosen)}
      <div class="sides">
        <gambeson-line-chart
          .name=${`roc-${chosen}-${this.images}`}
          .chart=${rocChart(curves, this.isZoomed)}
          .csv=${() => rocCsv([curves])}
          .aspect=${1}
          .hiddenLines=${this.hiddenLines}
          @hidden-lines-change=${({ detail }: CustomEvent<readonly string[]>) => {
            this.hiddenLines = detail;
            this.#tell("hidden-lines-change", detail);
          }}
        ></gambeson-line-chart>
        ${this.hasAll ? this.#renderAll(chosen) : html`<slot></slot>`}
      </div>
      ${this.hasAll ? html`<slot></slot>` : nothing}`;
  }

  #renderChoices({ dataset }: Result, chosen: number): TemplateResult {
    return html`<div class="row choices">
      ${drawSelect(
        "Class",
        dataset.classNames.map((name, k) => ({ value: String(k), text: `${k}: ${name}` })),
        String(chosen),
        (value) => {
          this.#choose(Number(value));
        },
      )}
      ${drawSelect(
        "Images",
        IMAGE_SETS.map((value) => ({ value, text: IMAGE_SET_TITLES[value] })),
        this.images,
        (images) => {
          this.images = images;
          this.#tell("images-change", images);
        },
      )}
      ${this.#renderSwitch("Upper left corner, enlarged", this.isZoomed, (isOn) => {
        this.isZoomed = isOn;
        this.#tell("zoom-change", isOn);
      })}
      ${this.#renderSwitch("All classes", this.hasAll, (isOn) => {
        this.hasAll = isOn;
        this.#tell("all-change", isOn);
      })}
    </div>`;
  }

  #renderSwitch(text: string, isOn: boolean, onChange: (isOn: boolean) => void): TemplateResult {
    return html`<label
      ><input
        type="checkbox"
        .checked=${isOn}
        @change=${(event: Event) => {
          onChange((event.target as HTMLInputElement).checked);
        }}
      />${text}</label
    >`;
  }

  #renderAll(chosen: number): TemplateResult {
    const charts = this.#curves.map((curves): SmallChart => {
      const chart = rocChart(curves, this.isZoomed);
      const series = shownSeries(chart.series, this.hiddenLines);
      return { label: `${curves.classIndex}: ${curves.className}`, chart: { ...chart, series } };
    });
    const title = `ROC of every class against the rest. ${IMAGE_SET_TITLES[this.images]}`;
    return html`<div>
      <ul class="all" aria-label="Classes">
        ${charts.map(
          (small, k) =>
            html`<li>
              <button
                type="button"
                aria-pressed=${k === chosen}
                @click=${() => {
                  this.#choose(k);
                }}
              >
                ${small.label}${drawSmallChart(small, SMALL_SIDE)}
              </button>
            </li>`,
        )}
      </ul>
      <p class="quiet">${axesText(charts[0]?.chart)}</p>
      <gambeson-save-buttons
        .what=${title}
        .name=${`roc-all-${this.images}`}
        .forms=${this.#forms(charts, title)}
      ></gambeson-save-buttons>
    </div>`;
  }

  #forms(charts: readonly SmallChart[], title: string): readonly SavedForm[] {
    const drawing = () => drawSmallCharts(charts, { ...FILE, title });
    return [
      { form: "SVG", ending: "svg", make: () => svgFile(drawing()) },
      { form: "PNG", ending: "png", make: () => pngFile(drawing()) },
      { form: "CSV", ending: "csv", make: () => csvFile(rocCsv(this.#curves)) },
    ];
  }

  #choose(classIndex: number): void {
    this.classIndex = classIndex;
    this.#tell("class-change", classIndex);
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

customElements.define("gambeson-roc-curve", GambesonRocCurve);

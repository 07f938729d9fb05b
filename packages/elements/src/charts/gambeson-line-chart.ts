import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { controlStyles } from "../styles.ts";
import { themeStyles } from "../theme.ts";
import {
  layOutChart,
  nearestStop,
  nextStop,
  readingOf,
  type ChartKey,
  type ChartLayout,
  type ChartStop,
} from "./chart-geometry.ts";
import { keyEntries, shownSeries } from "./chart-key.ts";
import { drawKey, drawLineChart, drawLineChartFile } from "./draw-line-chart.ts";
import "./gambeson-save-buttons.ts";
import type { SavedForm } from "./gambeson-save-buttons.ts";
import { HIDDEN_LINES } from "./hidden-lines.ts";
import type { LineChart } from "./line-chart.ts";
import { MeasuredWidth } from "./measured-width.ts";
import { plotStyles, renderPlot } from "./plot.ts";
import { csvFile, pngFile, svgFile } from "./save-file.ts";

/** Of files, in pixels. */
const FILE_WIDTH = 720;
const [LEAST_HEIGHT, LEAST_FILE_HEIGHT] = [260, 440] as const;

interface StillChart {
  readonly whole: LineChart;
  /** Without the lines that are hidden. */
  readonly chart: LineChart;
  readonly layout: ChartLayout;
}

/**
 * `<gambeson-line-chart>`: lines on two axes. Arrow keys go from point to point and line to line and read each out; so does a pointer. Lines
 * are hidden and shown by their names in the key. Saves SVG, PNG and CSV.
 *
 * @property chart What to draw; null for nothing.
 * @property name Of the files that it saves, without ending.
 * @property csv Writes the CSV file, where a reader saves it; null for none.
 * @property aspect Height over width; no chart is lower than 260 pixels. Default: 0.56.
 * @property hiddenLines Ids of the lines that are hidden.
 * @property cursor An x shown by an upright line that can be dragged; null for none.
 * @fires cursor-change While the upright line is dragged; `detail` is the x.
 * @fires hidden-lines-change `detail` is the ids.
 */
export class GambesonLineChart extends LitElement {
  static override properties = {
    chart: { attribute: false },
    name: {},
    csv: { attribute: false },
    aspect: { type: Number },
    hiddenLines: HIDDEN_LINES,
    cursor: { attribute: false },
    stop: { state: true },
  };
  static override styles = [
    themeStyles,
    controlStyles,
    plotStyles,
    css`
      :host {
        display: block;
        color: var(--ink);
        min-width: 0;
      }
      .key,
      input {
        flex: none;
      }
      ul {
        list-style: none;
        margin: 0.25rem 0 0.5rem;
        padding: 0;
        gap: 0 1.25rem;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 0.4rem;
        min-height: 1.75rem;
        cursor: pointer;
        overflow-wrap: anywhere;
      }
      .note {
        margin: 0 0 0.5rem;
        color: var(--muted);
      }
      .value {
        color: var(--muted);
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      @media print {
        input,
        li:has(input:not(:checked)) {
          display: none;
        }
      }
    `,
  ];
  declare chart: LineChart | null;
  declare name: string;
  declare csv: (() => string) | null;
  declare aspect: number;
  declare hiddenLines: readonly string[];
  declare cursor: number | null;
  declare stop: ChartStop | null;
  readonly #width = new MeasuredWidth(this);
  /** What stays as it is while a reader goes from point to point. */
  #still: StillChart | null = null;

  constructor() {
    super();
    this.chart = null;
    this.name = "chart";
    this.csv = null;
    this.aspect = 0.56;
    this.hiddenLines = [];
    this.cursor = null;
    this.stop = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const isOther = (["chart", "hiddenLines", "aspect"] as const).some((name) => changed.has(name));
    const width = this.#width.value;
    if (!isOther && this.#still?.layout.width === width) return;
    this.#still = this.chart && this.#layOut(this.chart, width);
  }

  #layOut(whole: LineChart, width: number): StillChart {
    const chart = { ...whole, series: shownSeries(whole.series, this.hiddenLines) };
    const height = Math.round(Math.max(LEAST_HEIGHT, width * this.aspect));
    return { whole, chart, layout: layOutChart(chart, width, height) };
  }

  override render(): TemplateResult | typeof nothing {
    if (this.#still === null) return nothing;
    const { whole, chart, layout } = this.#still;
    const lines = chart.series.length === 1 ? "1 line" : `${chart.series.length} lines`;
    const plot = {
      label: `${chart.title}. ${lines}; arrow keys go from point to point.`,
      drawing: drawLineChart(chart, layout, { stop: this.stop, cursor: this.cursor }),
      reading: this.stop === null ? "" : readingOf(chart, this.stop),
      isDraggable: this.cursor !== null,
      onKey: (key: ChartKey) => {
        this.stop = nextStop(chart.series, layout, this.stop, key);
      },
      onPointer: (at: readonly [number, number], isDrag: boolean) => {
        this.stop = nearestStop(chart.series, layout, at);
        if (isDrag && this.cursor !== null) this.#moveCursor(layout.x.invert(at[0]), chart.x.domain);
      },
      onLeave: () => {
        this.stop = null;
      },
    };
    return html`${renderPlot(plot, this.#width.value)} ${this.#renderFoot(whole, chart)}`;
  }

  #renderFoot({ series, title, note }: LineChart, shown: LineChart): TemplateResult {
    return html`<ul class="row" aria-label="Lines shown">
        ${keyEntries(series).map(
          ({ id, label, style, dash, value }) =>
            html`<li>
              <label
                ><input
                  type="checkbox"
                  .checked=${!this.hiddenLines.includes(id)}
                  @change=${() => {
                    this.#toggle(id);
                  }}
                />${drawKey(style, dash)}<span>${label}</span
                ><span class="value">${value ?? nothing}</span></label
              >
            </li>`,
        )}
      </ul>
      ${note === undefined ? nothing : html`<p class="note">${note}</p>`}
      <gambeson-save-buttons
        .what=${title}
        .name=${this.name}
        .forms=${this.#forms(shown)}
      ></gambeson-save-buttons>`;
  }

  #forms(chart: LineChart): readonly SavedForm[] {
    const { csv } = this;
    const drawing = () => {
      const height = Math.max(LEAST_FILE_HEIGHT, Math.round(FILE_WIDTH * this.aspect));
      return drawLineChartFile(chart, layOutChart(chart, FILE_WIDTH, height), { cursor: this.cursor });
    };
    return [
      { form: "SVG", ending: "svg", make: () => svgFile(drawing()) },
      { form: "PNG", ending: "png", make: () => pngFile(drawing()) },
      ...(csv === null ? [] : [{ form: "CSV", ending: "csv", make: () => csvFile(csv()) }]),
    ];
  }

  #toggle(id: string): void {
    const isHidden = this.hiddenLines.includes(id);
    this.hiddenLines = isHidden
      ? this.hiddenLines.filter((other) => other !== id)
      : [...this.hiddenLines, id];
    this.dispatchEvent(new CustomEvent("hidden-lines-change", { detail: this.hiddenLines }));
  }

  #moveCursor(x: number, [low, high]: readonly [number, number]): void {
    this.cursor = Math.min(Math.max(x, low), high);
    this.dispatchEvent(new CustomEvent("cursor-change", { detail: this.cursor }));
  }
}

customElements.define("gambeson-line-chart", GambesonLineChart);

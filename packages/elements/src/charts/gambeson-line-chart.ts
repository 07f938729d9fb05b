import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { controlStyles } from "../styles.ts";
import { themeStyles } from "../theme.ts";
import {
  CHART_KEYS,
  layOutChart,
  nearestStop,
  nextStop,
  readingOf,
  type ChartLayout,
  type ChartStop,
} from "./chart-geometry.ts";
import { drawKey, drawLineChart } from "./draw-line-chart.ts";
import "./gambeson-save-buttons.ts";
import type { SavedForm } from "./gambeson-save-buttons.ts";
import type { LineChart } from "./line-chart.ts";
import { pngFile, svgFile } from "./save-file.ts";

/** Of files, in pixels. */
const [FILE_WIDTH, FILE_HEIGHT] = [720, 440] as const;
const [START_WIDTH, LEAST_WIDTH] = [640, 200] as const;

/**
 * `<gambeson-line-chart>`: lines on two axes. Arrow keys go from point to point and line to line and read each out; so does a pointer. Lines
 * are hidden and shown by their names in the key. Saves SVG, PNG and CSV.
 *
 * @property chart What to draw; null for nothing.
 * @property name Of the files that it saves, without ending.
 * @property csv Text of the CSV file; null for none.
 * @property aspect Height over width. Default: 0.56.
 * @property hiddenLines Ids of the lines that are hidden.
 * @property cursor An x shown by an upright line that can be dragged; null for none.
 * @property isPlain Whether it stands without key and buttons, as one of many.
 * @fires cursor-change While the upright line is dragged; `detail` is the x.
 * @fires hidden-lines-change `detail` is the ids.
 */
export class GambesonLineChart extends LitElement {
  static override properties = {
    chart: { attribute: false },
    name: {},
    csv: { attribute: false },
    aspect: { type: Number },
    hiddenLines: { attribute: false },
    cursor: { attribute: false },
    isPlain: { type: Boolean, attribute: "plain" },
    width: { state: true },
    stop: { state: true },
  };
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
        color: var(--ink);
        min-width: 0;
      }
      svg {
        display: block;
      }
      svg.key {
        display: inline-block;
        vertical-align: middle;
      }
      .plot {
        border-radius: 0.3rem;
        touch-action: pan-y;
        overflow: hidden;
      }
      .plot.draggable {
        cursor: ew-resize;
      }
      .reading {
        min-height: 1.5em;
        margin: 0;
        color: var(--muted);
        font-variant-numeric: tabular-nums;
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
      }
      .value {
        color: var(--muted);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
  declare chart: LineChart | null;
  declare name: string;
  declare csv: string | null;
  declare aspect: number;
  declare hiddenLines: readonly string[];
  declare cursor: number | null;
  declare isPlain: boolean;
  declare width: number;
  declare stop: ChartStop | null;
  readonly #sizes = new ResizeObserver(([entry]) => {
    if (entry !== undefined) this.width = Math.max(LEAST_WIDTH, Math.floor(entry.contentRect.width));
  });

  constructor() {
    super();
    this.chart = null;
    this.name = "chart";
    this.csv = null;
    this.aspect = 0.56;
    this.hiddenLines = [];
    this.cursor = null;
    this.isPlain = false;
    this.width = START_WIDTH;
    this.stop = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  /** The chart without the lines that are hidden. */
  get #shown(): LineChart | null {
    const { chart, hiddenLines } = this;
    return chart && { ...chart, series: chart.series.filter(({ id }) => !hiddenLines.includes(id)) };
  }

  #layout(chart: LineChart): ChartLayout {
    return layOutChart(chart, this.width, Math.round(Math.max(160, this.width * this.aspect)));
  }

  override render(): TemplateResult | typeof nothing {
    const chart = this.#shown;
    if (chart === null) return nothing;
    const reading = this.stop === null ? "" : readingOf(chart, this.stop);
    return html`<div
        class="plot ${this.cursor === null ? "" : "draggable"}"
        role="application"
        aria-roledescription="chart"
        aria-label=${`${chart.title}. ${chart.series.length} lines; arrow keys go from point to point.`}
        tabindex="0"
        @keydown=${this.#onKey}
        @pointermove=${this.#onPointer}
        @pointerdown=${this.#onPointer}
        @pointerleave=${this.#onLeave}
        @blur=${this.#onLeave}
      >
        ${drawLineChart(chart, this.#layout(chart), { stop: this.stop, cursor: this.cursor })}
      </div>
      <p class="reading" aria-live="polite">${reading}</p>
      ${this.isPlain ? nothing : this.#renderFoot()}`;
  }

  #renderFoot(): TemplateResult {
    const { series, title } = this.chart!;
    return html`<ul class="row" aria-label="Lines shown">
        ${series.map(
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
      <gambeson-save-buttons
        .what=${title}
        .name=${this.name}
        .forms=${this.#forms()}
      ></gambeson-save-buttons>`;
  }

  #forms(): readonly SavedForm[] {
    const { csv } = this;
    const drawing = () => {
      const chart = this.#shown!;
      const layout = layOutChart(chart, FILE_WIDTH, FILE_HEIGHT);
      return drawLineChart(chart, layout, { cursor: this.cursor, hasKey: true });
    };
    return [
      { form: "SVG", ending: "svg", make: () => svgFile(drawing()) },
      { form: "PNG", ending: "png", make: () => pngFile(drawing()) },
      ...(csv === null
        ? []
        : [{ form: "CSV", ending: "csv", make: () => new Blob([csv], { type: "text/csv" }) }]),
    ];
  }

  #toggle(id: string): void {
    const isHidden = this.hiddenLines.includes(id);
    this.hiddenLines = isHidden
      ? this.hiddenLines.filter((other) => other !== id)
      : [...this.hiddenLines, id];
    this.dispatchEvent(new CustomEvent("hidden-lines-change", { detail: this.hiddenLines }));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const chart = this.#shown;
    const key = CHART_KEYS.find((known) => known === event.key);
    if (chart === null || key === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.stop = nextStop(chart.series, this.#layout(chart), this.stop, key);
  };

  readonly #onPointer = (event: PointerEvent): void => {
    const chart = this.#shown;
    if (chart === null) return;
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const layout = this.#layout(chart);
    const at = [event.clientX - box.left, event.clientY - box.top] as const;
    this.stop = nearestStop(chart.series, layout, at);
    if (this.cursor === null || event.buttons !== 1) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const [low, high] = chart.x.domain;
    this.cursor = Math.min(Math.max(layout.x.invert(at[0]), low), high);
    this.dispatchEvent(new CustomEvent("cursor-change", { detail: this.cursor }));
  };

  readonly #onLeave = (): void => {
    this.stop = null;
  };
}

customElements.define("gambeson-line-chart", GambesonLineChart);

import {
  csvFile,
  MeasuredWidth,
  plotStyles,
  pngFile,
  renderPlot,
  svgFile,
  type Plot,
  type SavedForm,
} from "@gambeson/elements";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { barReading, nextBar, type ComparedBars } from "../view-models/compare-bars.ts";
import {
  BARS_TITLE,
  drawCompareBars,
  drawCompareBarsFile,
  layOutCompareBars,
  nearestBar,
} from "./draw-compare-bars.ts";

const [LEAST_WIDTH, FILE_WIDTH] = [260, 760] as const;

/**
 * `<gambeson-compare-bars>`: rho2 of every model and run side by side. Arrow keys go from bar to bar and read each out; so does a pointer.
 * Saves SVG, PNG and CSV.
 *
 * @property bars What to draw; null for nothing.
 */
export class GambesonCompareBars extends LitElement {
  static override properties = { bars: { attribute: false }, read: { state: true } };
  static override styles = [
    controlStyles,
    plotStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
    `,
  ];
  declare bars: ComparedBars | null;
  /** Position of the bar that is read. */
  declare read: number | null;
  readonly #width = new MeasuredWidth(this, LEAST_WIDTH);

  constructor() {
    super();
    this.bars = null;
    this.read = null;
  }

  override render(): TemplateResult | typeof nothing {
    const { bars } = this;
    if (bars === null) return nothing;
    return html`${renderPlot(this.#plot(bars), this.#width.value)}
      <gambeson-save-buttons
        .what=${BARS_TITLE}
        name="compare-rho2"
        .forms=${formsOf(bars)}
      ></gambeson-save-buttons>`;
  }

  #plot(bars: ComparedBars): Plot {
    const layout = layOutCompareBars(bars, this.#width.value);
    const read = this.read === null ? undefined : bars.bars[this.read];
    return {
      label: `${BARS_TITLE}. ${bars.bars.length} bars; arrow keys go from bar to bar.`,
      drawing: drawCompareBars(layout, this.read),
      reading: read === undefined ? "" : barReading(read),
      onKey: (key) => {
        this.read = nextBar(bars, this.read, key);
      },
      onPointer: ([, y]) => {
        this.read = nearestBar(layout, y);
      },
      onLeave: () => {
        this.read = null;
      },
    };
  }
}

function formsOf(bars: ComparedBars): readonly SavedForm[] {
  const drawing = () => drawCompareBarsFile(layOutCompareBars(bars, FILE_WIDTH));
  return [
    { form: "SVG", ending: "svg", make: () => svgFile(drawing()) },
    { form: "PNG", ending: "png", make: () => pngFile(drawing()) },
    { form: "CSV", ending: "csv", make: () => csvFile(bars.csv()) },
  ];
}

customElements.define("gambeson-compare-bars", GambesonCompareBars);

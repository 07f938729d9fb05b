import { csvFile, pngFile, svgFile, type SavedForm } from "@gambeson/elements";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { ComparedBars } from "../view-models/compare-charts.ts";
import { drawCompareBars } from "./draw-compare-bars.ts";

const TITLE = "ρ₂ of every model and run, on one scale";
const [START_WIDTH, LEAST_WIDTH, FILE_WIDTH] = [640, 260, 760] as const;

/** `<gambeson-compare-bars>`: rho2 of every model and run side by side. Saves SVG, PNG and CSV. @property bars What to draw; null for nothing. */
export class GambesonCompareBars extends LitElement {
  static override properties = { bars: { attribute: false }, width: { state: true } };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      div {
        overflow: hidden;
      }
      svg {
        display: block;
      }
    `,
  ];
  declare bars: ComparedBars | null;
  declare width: number;
  readonly #sizes = new ResizeObserver(([entry]) => {
    if (entry !== undefined) this.width = Math.max(LEAST_WIDTH, Math.floor(entry.contentRect.width));
  });

  constructor() {
    super();
    this.bars = null;
    this.width = START_WIDTH;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  override render(): TemplateResult | typeof nothing {
    const { bars } = this;
    if (bars === null) return nothing;
    return html`<div role="img" aria-label=${spoken(bars)}>${drawCompareBars(bars, this.width)}</div>
      <gambeson-save-buttons
        .what=${TITLE}
        name="compare-rho2"
        .forms=${formsOf(bars)}
      ></gambeson-save-buttons>`;
  }
}

/** All that the bars show, as a sentence. */
function spoken({ groups }: ComparedBars): string {
  const parts = groups.map(
    ({ label, bars }) => `${label}: ${bars.map((bar) => `${bar.label} ${bar.text}`).join(", ")}`,
  );
  return `${TITLE}. ${parts.join(". ")}.`;
}

function formsOf(bars: ComparedBars): readonly SavedForm[] {
  const drawing = () => drawCompareBars(bars, FILE_WIDTH);
  return [
    { form: "SVG", ending: "svg", make: () => svgFile(drawing()) },
    { form: "PNG", ending: "png", make: () => pngFile(drawing()) },
    { form: "CSV", ending: "csv", make: () => csvFile(bars.csv) },
  ];
}

customElements.define("gambeson-compare-bars", GambesonCompareBars);

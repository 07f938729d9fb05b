import type { Result } from "@gambeson/contract";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { drawRho2Bars, drawRho2File, RHO2_TITLE } from "../charts/draw-rho2-bars.ts";
import "../charts/gambeson-save-buttons.ts";
import type { SavedForm } from "../charts/gambeson-save-buttons.ts";
import { MeasuredWidth } from "../charts/measured-width.ts";
import { plotStyles, renderPlot } from "../charts/plot.ts";
import { layOutRho2Bars, nearestRho2Stop } from "../charts/rho2-geometry.ts";
import { csvFile, pngFile, svgFile } from "../charts/save-file.ts";
import { controlStyles } from "../styles.ts";
import { themeStyles } from "../theme.ts";
import {
  nextRho2Stop,
  rho2Bars,
  rho2Csv,
  rho2Reading,
  type Rho2Bars,
  type Rho2Stop,
} from "../view-models/rho2-bars.ts";

const FILE_WIDTH = 920;

/**
 * `<gambeson-rho2-bars>`: rho2 of every model as a bar, over the distribution of |Δx| / |x| over its images. Arrow keys go from bar to bin to
 * model and read each out; so does a pointer. Saves SVG, PNG and CSV.
 *
 * @property result A result.json, parsed.
 */
export class GambesonRho2Bars extends LitElement {
  static override properties = { result: { attribute: false }, stop: { state: true } };
  static override styles = [
    themeStyles,
    controlStyles,
    plotStyles,
    css`
      :host {
        display: block;
        color: var(--ink);
      }
      .note {
        margin: 0 0 0.5rem;
        color: var(--muted);
      }
    `,
  ];
  declare result: Result | null;
  declare stop: Rho2Stop | null;
  #bars: Rho2Bars | null = null;
  readonly #width = new MeasuredWidth(this);

  constructor() {
    super();
    this.result = null;
    this.stop = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("result")) this.#bars = this.result && rho2Bars(this.result);
  }

  override render(): TemplateResult | typeof nothing {
    const bars = this.#bars;
    if (bars === null) return nothing;
    const layout = layOutRho2Bars(bars, this.#width.value);
    const plot = {
      label: `${RHO2_TITLE}. ${bars.models.length} models; arrow keys go from bar to bin and model to model.`,
      drawing: drawRho2Bars(bars, layout, this.stop),
      reading: this.stop === null ? "" : rho2Reading(bars, this.stop),
      onKey: (key: Parameters<typeof nextRho2Stop>[2]) => {
        this.stop = nextRho2Stop(bars, this.stop, key);
      },
      onPointer: (at: readonly [number, number]) => {
        this.stop = nearestRho2Stop(layout, at);
      },
      onLeave: () => {
        this.stop = null;
      },
    };
    return html`${renderPlot(plot, this.#width.value)}
      <p class="note">${noteOf(bars)}</p>
      <gambeson-save-buttons
        .what=${RHO2_TITLE}
        .name=${"rho2"}
        .forms=${formsOf(bars)}
      ></gambeson-save-buttons>`;
  }
}

function noteOf({ models }: Rho2Bars): string {
  return [
    "Bars: ρ₂, the mean over all test images.",
    models.some(({ rho2 }) => rho2.deviation !== null)
      ? "Whiskers: the standard deviation over the seeds."
      : "",
    "Hills: how |Δx| / |x| is spread over the images, all on one scale; dashed: all images further out.",
    models.some(({ published }) => published !== null)
      ? "◇: what the reproduced report has, for context."
      : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function formsOf(bars: Rho2Bars): readonly SavedForm[] {
  const drawing = () => drawRho2File(bars, layOutRho2Bars(bars, FILE_WIDTH), noteOf(bars));
  return [
    { form: "SVG", ending: "svg", make: () => svgFile(drawing()) },
    { form: "PNG", ending: "png", make: () => pngFile(drawing()) },
    { form: "CSV", ending: "csv", make: () => csvFile(rho2Csv(bars)) },
  ];
}

customElements.define("gambeson-rho2-bars", GambesonRho2Bars);

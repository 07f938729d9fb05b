import type { Result } from "@gambeson/contract";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { drawKey } from "../charts/draw-line-chart.ts";
import "../charts/gambeson-line-chart.ts";
import { HIDDEN_LINES } from "../charts/hidden-lines.ts";
import type { LineChart } from "../charts/line-chart.ts";
import { fourDecimalsText, percentText } from "../numbers.ts";
import { controlStyles } from "../styles.ts";
import { themeStyles } from "../theme.ts";
import {
  accuracyChart,
  accuracyCurves,
  accuracyCurvesCsv,
  nearestEpsilon,
  type AccuracyCurves,
} from "../view-models/accuracy-curves.ts";

/**
 * `<gambeson-accuracy-curve>`: accuracy of every model under fast gradient sign, against its epsilon; and each model's accuracy at the
 * epsilon where the slider, or the upright line, stands.
 *
 * @property result A result.json, parsed.
 * @property epsilon Where the line stands; it snaps to the nearest epsilon that was measured. Default: eps_ref.
 * @property hiddenLines Ids of models whose lines are hidden.
 * @fires epsilon-change When the reader moves the line; `detail` is the epsilon.
 * @fires hidden-lines-change `detail` is the ids.
 */
export class GambesonAccuracyCurve extends LitElement {
  static override properties = {
    result: { attribute: false },
    epsilon: { type: Number },
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
      }
      @container (min-width: 58rem) {
        .sides {
          grid-template-columns: minmax(0, 1fr) 20rem;
        }
        .reading {
          margin-block-start: 2rem;
        }
      }
      label {
        display: block;
      }
      input {
        display: block;
        width: 100%;
        margin-inline: 0;
      }
      td:last-child {
        min-width: 5em;
      }
      th {
        font-weight: normal;
      }
    `,
  ];
  declare result: Result | null;
  declare epsilon: number | null;
  declare hiddenLines: readonly string[];
  /** Made once for a result: while ε moves, the chart is the same. */
  #drawn: { readonly curves: AccuracyCurves; readonly chart: LineChart } | string = "";

  constructor() {
    super();
    this.result = null;
    this.epsilon = null;
    this.hiddenLines = [];
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("result") || this.result === null) return;
    const curves = accuracyCurves(this.result);
    this.#drawn = typeof curves === "string" ? curves : { curves, chart: accuracyChart(curves) };
  }

  override render(): TemplateResult | typeof nothing {
    if (this.result === null) return nothing;
    if (typeof this.#drawn === "string") return html`<p>${this.#drawn}</p>`;
    const { curves, chart } = this.#drawn;
    const { epsilons, models, epsilonReference } = curves;
    const at = nearestEpsilon(curves, this.epsilon ?? epsilonReference);
    const reading = `ε ${fourDecimalsText(epsilons[at]!)}`;
    const said = models.map(({ label, accuracy }) => `${label} ${percentText(accuracy[at]!)}`).join(", ");
    return html`<div class="sides">
      <gambeson-line-chart
        name="accuracy-epsilon"
        .chart=${chart}
        .csv=${() => accuracyCurvesCsv(curves)}
        .cursor=${epsilons[at]!}
        .hiddenLines=${this.hiddenLines}
        @cursor-change=${({ detail }: CustomEvent<number>) => {
          this.#moveTo(epsilons[nearestEpsilon(curves, detail)]!);
        }}
        @hidden-lines-change=${({ detail }: CustomEvent<readonly string[]>) => {
          this.hiddenLines = detail;
          this.dispatchEvent(new CustomEvent("hidden-lines-change", { detail }));
        }}
      ></gambeson-line-chart>
      <div class="reading">
        <label
          >Strength of the attack, ${reading}
          <input
            type="range"
            min="0"
            max=${epsilons.length - 1}
            .value=${String(at)}
            aria-valuetext=${`${reading}: ${said}`}
            @input=${(event: Event) => {
              this.#moveTo(epsilons[Number((event.target as HTMLInputElement).value)]!);
            }}
          />
        </label>
        <table>
          <tbody>
            ${models.map(
              ({ label, accuracy }, index) =>
                html`<tr>
                  <th scope="row">${drawKey(index)} ${label}</th>
                  <td>${percentText(accuracy[at]!)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </div>`;
  }

  #moveTo(epsilon: number): void {
    this.epsilon = epsilon;
    this.dispatchEvent(new CustomEvent("epsilon-change", { detail: epsilon }));
  }
}

customElements.define("gambeson-accuracy-curve", GambesonAccuracyCurve);

import type { Result } from "@gambeson/contract";
import { DARK_THEME, LIGHT_THEME, PAGE_THEME, seriesStyle, themeVariables } from "@gambeson/report";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { css, html, LitElement, nothing, svg, unsafeCSS, type TemplateResult } from "lit";
import { accuracyCurves, nearestEpsilon, type AccuracyCurves } from "../view-models/accuracy-curves.ts";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [640, 376, 72, 628, 34, 316] as const;
const MARKERS_A_LINE = 8;

/**
 * `<gambeson-accuracy-curve>`: accuracy of every model under fast gradient sign, against its epsilon, and each model's accuracy at the epsilon
 * that the slider stands at.
 *
 * @property result A result.json, parsed.
 * @property epsilon Where the slider stands; it snaps to the nearest epsilon that was measured. Default: eps_ref.
 * @fires epsilon-change When the user moves the slider; `detail` is the epsilon.
 */
export class GambesonAccuracyCurve extends LitElement {
  static override properties = { result: { attribute: false }, epsilon: { type: Number } };
  static override styles = css`
    :host {
      display: block;
      container-type: inline-size;
      ${unsafeCSS(themeVariables(LIGHT_THEME))};
      color: var(--ink);
    }
    @media (prefers-color-scheme: dark) {
      :host {
        ${unsafeCSS(themeVariables(DARK_THEME))};
      }
    }
    svg {
      width: 100%;
      height: auto;
      font:
        12px system-ui,
        sans-serif;
    }
    svg.key {
      width: 28px;
    }
    svg text {
      fill: var(--ink);
    }
    /* The drawing shrinks with the page; its words must not. */
    @container (max-width: 30rem) {
      svg:not(.key) {
        font-size: 20px;
      }
    }
    label {
      display: block;
    }
    input {
      display: block;
      width: 100%;
      accent-color: var(--series-1);
    }
    table {
      border-collapse: collapse;
    }
    th {
      text-align: start;
      font-weight: normal;
    }
    td {
      text-align: end;
      padding-inline-start: 1rem;
      font-variant-numeric: tabular-nums;
    }
    @media (forced-colors: active) {
      svg {
        forced-color-adjust: none;
        background: white;
        ${unsafeCSS(themeVariables(LIGHT_THEME))};
      }
    }
  `;
  declare result: Result | null;
  declare epsilon: number | null;

  constructor() {
    super();
    this.result = null;
    this.epsilon = null;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.result === null) return nothing;
    const curves = accuracyCurves(this.result);
    if (typeof curves === "string") return html`<p>${curves}</p>`;
    const { epsilons, models, references } = curves;
    const wanted = this.epsilon ?? references.find(({ factor }) => factor === 1)?.epsilon ?? epsilons.at(-1)!;
    const at = nearestEpsilon(curves, wanted);
    const percent = new Intl.NumberFormat(undefined, { style: "percent", minimumFractionDigits: 1 });
    const reading = `ε ${epsilons[at]!.toFixed(4)}`;
    return html`${drawCurves(curves, at)}
      <label
        >Strength of the attack, ${reading}
        <input
          type="range"
          min="0"
          max=${epsilons.length - 1}
          .value=${String(at)}
          aria-valuetext=${`${reading}: ${models.map(({ label, accuracy }) => `${label} ${percent.format(accuracy[at]!)}`).join(", ")}`}
          @input=${this.#onInput}
        />
      </label>
      <table>
        <tbody>
          ${models.map(
            ({ label, accuracy }, index) =>
              html`<tr>
                <th scope="row">${drawKey(index)} ${label}</th>
                <td>${percent.format(accuracy[at]!)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`;
  }

  readonly #onInput = (event: Event): void => {
    const curves = this.result === null ? "" : accuracyCurves(this.result);
    if (typeof curves === "string") return;
    this.epsilon = curves.epsilons[Number((event.target as HTMLInputElement).value)]!;
    this.dispatchEvent(new CustomEvent("epsilon-change", { detail: this.epsilon }));
  };
}

function drawCurves({ epsilons, models, references }: AccuracyCurves, at: number): TemplateResult {
  const x = scaleLinear([0, epsilons.at(-1)!], [LEFT, RIGHT]);
  const y = scaleLinear([0, 1], [BOTTOM, TOP]);
  const title = `Accuracy of ${models.length} models under FGS, against its epsilon`;
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${title}>
    ${y.ticks(5).map(
      (tick) => svg`<path d="M${LEFT},${y(tick)}H${RIGHT}" stroke="var(--grid)" />
        <text x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end">${Math.round(100 * tick)} %</text>`,
    )}
    ${x.ticks(6).map(
      (tick) => svg`<path d="M${x(tick)},${BOTTOM}v5" stroke="var(--muted)" />
        <text x=${x(tick)} y=${BOTTOM + 24} text-anchor="middle">${tick}</text>`,
    )}
    <text x=${(LEFT + RIGHT) / 2} y=${HEIGHT - 8} text-anchor="middle">ε of FGS (pixels in [0, 1])</text>
    ${references.map(
      ({
        factor,
        epsilon,
      }) => svg`<path d="M${x(epsilon)},${BOTTOM}V${TOP}" stroke="var(--muted)" stroke-dasharray="3 3" />
        <text x=${x(epsilon)} y=${TOP - 8} text-anchor="middle">${factor} ε<tspan baseline-shift="sub" font-size="70%">ref</tspan></text>`,
    )}
    ${models.map(({ accuracy }, index) => drawSeries(index, accuracy, (i) => [x(epsilons[i]!), y(accuracy[i]!)]))}
    <path d="M${x(epsilons[at]!)},${BOTTOM}V${TOP}" stroke="var(--ink)" stroke-width="2" />
  </svg>`;
}

function drawSeries(
  index: number,
  values: readonly number[],
  place: (position: number) => [number, number],
): TemplateResult {
  const { colour, dash, marker } = seriesStyle(PAGE_THEME, index);
  const places = values.map((_, position) => place(position));
  const every = Math.max(1, Math.round(places.length / MARKERS_A_LINE));
  return svg`<path d=${line()(places) ?? ""} fill="none" stroke=${colour} stroke-width="2" stroke-dasharray=${dash ?? "none"} />
    ${places
      .filter((_, position) => position % every === 0)
      .map(([cx, cy]) => svg`<path d=${marker} transform="translate(${cx},${cy})" fill=${colour} />`)}`;
}

/** A piece of a model's line, for its row. */
function drawKey(index: number): TemplateResult {
  const { colour, dash, marker } = seriesStyle(PAGE_THEME, index);
  return html`<svg viewBox="0 0 28 12" width="28" height="12" class="key" aria-hidden="true">
    <path d="M0,6h28" stroke=${colour} stroke-width="2" stroke-dasharray=${dash ?? "none"} />
    <path d=${marker} transform="translate(14,6)" fill=${colour} />
  </svg>`;
}

customElements.define("gambeson-accuracy-curve", GambesonAccuracyCurve);

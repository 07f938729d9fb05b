import { fourDecimalsText } from "@gambeson/elements/numbers";
import { withReferenceSymbol } from "@gambeson/elements/reference-symbol";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import {
  EPSILON_STEP,
  MOST_EPSILON,
  shareOfReference,
  type EpsilonMark,
} from "../view-models/play-epsilons.ts";

/**
 * FGS's epsilon, as a slider with the report's epsilons as marks.
 *
 * @property epsilon Where it stands.
 * @property reference eps_ref; null where there is none.
 * @property marks Epsilons to go to.
 * @property spoken What the models say there, for those who hear the slider.
 * @fires epsilon-change `detail` is the epsilon.
 */
export class GambesonPlayEpsilon extends LitElement {
  static override properties = {
    epsilon: { type: Number },
    reference: { attribute: false },
    marks: { attribute: false },
    spoken: {},
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      input {
        display: block;
        width: 100%;
      }
      b {
        font-variant-numeric: tabular-nums;
      }
      sub {
        line-height: 0;
      }
    `,
  ];
  declare epsilon: number;
  declare reference: number | null;
  declare marks: readonly EpsilonMark[];
  declare spoken: string;

  constructor() {
    super();
    this.epsilon = 0;
    this.reference = null;
    this.marks = [];
    this.spoken = "";
  }

  override render(): TemplateResult {
    const share = shareOfReference(this.epsilon, this.reference);
    const text = `ε ${fourDecimalsText(this.epsilon)}`;
    return html`<label
        >Strength of the attack:
        <b>${text}${share === null ? nothing : html`, ${withReferenceSymbol(`${share} ε_ref`)}`}</b>
        <input
          type="range"
          min="0"
          max=${MOST_EPSILON}
          step=${EPSILON_STEP}
          list="marks"
          .value=${String(this.epsilon)}
          aria-valuetext=${`${text}${share === null ? "" : `, ${share} of reference`}. ${this.spoken}`}
          @input=${(event: Event) => {
            this.#tell(Number((event.target as HTMLInputElement).value));
          }}
        />
      </label>
      <datalist id="marks">
        ${this.marks.map(({ epsilon }) => html`<option value=${epsilon}></option>`)}
      </datalist>
      <div class="row">
        <button
          @click=${() => {
            this.#tell(0);
          }}
        >
          No attack
        </button>
        ${this.marks.map(
          ({ epsilon, label }) =>
            html`<button
              @click=${() => {
                this.#tell(epsilon);
              }}
            >
              ${withReferenceSymbol(label)}
            </button>`,
        )}
      </div>`;
  }

  #tell(epsilon: number): void {
    this.dispatchEvent(new CustomEvent("epsilon-change", { detail: epsilon }));
  }
}

customElements.define("gambeson-play-epsilon", GambesonPlayEpsilon);

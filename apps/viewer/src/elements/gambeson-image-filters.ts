import type { Result } from "@gambeson/contract";
import { fourDecimalsText } from "@gambeson/elements/numbers";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { mostEpsilon, type ImageChoice } from "../view-models/image-choice.ts";

/** What was chosen, by the address's keys; null takes a key away. */
export type ImageChanges = Readonly<Record<string, string | null>>;

interface Option {
  readonly value: string;
  readonly text: string;
}

const EITHER: readonly Option[] = [
  { value: "", text: "all" },
  { value: "true", text: "yes" },
  { value: "false", text: "no" },
];
/** By their keys: what they leave begins at its first image. A model or a seed has the same images as others. */
const FILTERS = ["true", "fooled", "correct"];
/** Of the slider; the usual ε lie on it. */
const STEP = 0.0005;

/**
 * `<gambeson-image-filters>`: which test images are shown: of which model, class, fooled or not; and FGS's step.
 *
 * @property result @property choice What is chosen.
 * @fires choice-change `detail` is ImageChanges. @fires epsilon-change `detail` is FGS's step.
 */
export class GambesonImageFilters extends LitElement {
  static override properties = { result: { attribute: false }, choice: { attribute: false } };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      label {
        display: inline-flex;
        flex-direction: column;
        gap: 0.15rem;
        font-size: 0.85rem;
        color: var(--muted);
        max-width: 100%;
      }
      .step {
        flex: 1;
        min-width: min(100%, 14rem);
      }
    `,
  ];
  declare result: Result | null;
  declare choice: ImageChoice | null;

  constructor() {
    super();
    this.result = null;
    this.choice = null;
  }

  override render(): TemplateResult | typeof nothing {
    const { result, choice } = this;
    if (result === null || choice === null) return nothing;
    const { seeds, dataset } = result;
    const models = seeds[0]!.models.map(({ id, label }) => ({ value: id, text: label }));
    const classes = dataset.classNames.map((name, k) => ({ value: String(k), text: name }));
    const numbers = seeds.map(({ seed }) => ({ value: String(seed), text: String(seed) }));
    return html`<div class="row">
      ${this.#select("Model", "model", models, choice.model)}
      ${seeds.length > 1 ? this.#select("Seed", "seed", numbers, String(choice.seed)) : nothing}
      ${this.#select("True class", "true", [{ value: "", text: "all" }, ...classes], String(choice.label ?? ""))}
      ${this.#select("Fooled by DeepFool?", "fooled", EITHER, String(choice.fooled ?? ""))}
      ${this.#select("Right before any attack?", "correct", EITHER, String(choice.correct ?? ""))}
      ${this.#renderStep(choice, mostEpsilon(result))}
    </div>`;
  }

  #select(label: string, key: string, options: readonly Option[], chosen: string): TemplateResult {
    return html`<label
      >${label}
      <select
        @change=${(event: Event) => {
          const value = (event.target as HTMLSelectElement).value;
          this.#tell({
            [key]: value === "" ? null : value,
            ...(FILTERS.includes(key) ? { from: null } : {}),
          });
        }}
      >
        ${options.map(
          ({ value, text }) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`,
        )}
      </select></label
    >`;
  }

  #renderStep({ epsilon }: ImageChoice, most: number): TemplateResult {
    return html`<label class="step"
      >FGS's step ε: ${fourDecimalsText(epsilon)}
      <input
        type="range"
        min="0"
        max=${most}
        step=${STEP}
        .value=${String(epsilon)}
        aria-valuetext=${fourDecimalsText(epsilon)}
        @input=${(event: Event) => {
          const detail = Number((event.target as HTMLInputElement).value);
          this.dispatchEvent(new CustomEvent("epsilon-change", { detail }));
        }}
    /></label>`;
  }

  #tell(detail: ImageChanges): void {
    this.dispatchEvent(new CustomEvent("choice-change", { detail }));
  }
}

customElements.define("gambeson-image-filters", GambesonImageFilters);

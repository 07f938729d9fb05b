import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Setting } from "../view-models/config-draft.ts";
import { boundsText, capitalised, fieldText, fieldValue, valueText } from "../view-models/field-text.ts";
import type { LeafField } from "../view-models/form-fields.ts";

/**
 * One setting: its name, a control, what it does, and what is wrong with it.
 *
 * @property field What it is.
 * @property path Where its value stands in the config.
 * @property value Its value now.
 * @property initial The value it has unless it is changed.
 * @property issue What is wrong, a sentence; "" where nothing is.
 * @fires setting When it is changed; `detail` is a Setting.
 */
export class GambesonFormField extends LitElement {
  static override properties = {
    field: { attribute: false },
    path: {},
    value: { attribute: false },
    initial: { attribute: false },
    issue: {},
    text: { state: true },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      label {
        font-weight: 600;
      }
      input:not([type="checkbox"]),
      select {
        display: block;
        width: 100%;
        margin-block: 0.2rem;
      }
      p {
        margin: 0.15rem 0 0;
        font-size: 0.875rem;
      }
      .back {
        min-height: 1.5rem;
        padding: 0 0.5rem;
        margin: 0.2rem 0 0 0.4rem;
      }
    `,
  ];
  declare field: LeafField | null;
  declare path: string;
  declare value: unknown;
  declare initial: unknown;
  declare issue: string;
  /** What is typed, which may say the same as the value in other words: "0.10", "1, 2, ". */
  declare text: string;

  constructor() {
    super();
    this.field = null;
    this.path = "";
    this.issue = "";
    this.text = "";
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { field, value, text } = this;
    if (field === null || !(changed.has("value") || changed.has("field"))) return;
    if (changed.has("field") || !isSame(fieldValue(field, text), value)) this.text = fieldText(field, value);
  }

  override render(): TemplateResult | typeof nothing {
    const { field, issue } = this;
    if (field === null) return nothing;
    const label = html`<label for="control">${field.label}</label>`;
    return html`${field.kind === "switch" ? html`${this.#renderControl(field)}${label}` : html`${label}${this.#renderControl(field)}`}
      ${issue === "" ? nothing : html`<p id="issue" class="wrong">${issue}</p>`}
      <p id="help" class="quiet">${field.help} ${hint(field, this.initial)}${this.#renderBack(field)}</p>`;
  }

  #renderControl(field: LeafField): TemplateResult {
    const describedBy = this.issue === "" ? "help" : "issue help";
    const invalid = this.issue === "" ? nothing : "true";
    switch (field.kind) {
      case "switch":
        return html`<input
          id="control"
          type="checkbox"
          .checked=${this.value === true}
          aria-describedby=${describedBy}
          aria-invalid=${invalid}
          @change=${(event: Event) => {
            this.#tell((event.target as HTMLInputElement).checked);
          }}
        />`;
      case "choice":
        return html`<select
          id="control"
          aria-describedby=${describedBy}
          aria-invalid=${invalid}
          @change=${(event: Event) => {
            this.#tell((event.target as HTMLSelectElement).value);
          }}
        >
          ${field.options.map(
            (option) => html`<option value=${option} .selected=${option === this.value}>${option}</option>`,
          )}
        </select>`;
      case "number":
      case "numbers":
      case "text":
        return html`<input
          id="control"
          inputmode=${field.kind === "number" ? (field.isInteger ? "numeric" : "decimal") : "text"}
          autocomplete="off"
          spellcheck="false"
          placeholder=${field.kind === "number" && field.isNullable ? "all" : nothing}
          .value=${this.text}
          aria-describedby=${describedBy}
          aria-invalid=${invalid}
          @input=${this.#onInput}
        />`;
      default:
        return field satisfies never;
    }
  }

  #renderBack(field: LeafField): TemplateResult | typeof nothing {
    if (this.initial === undefined || isSame(this.initial, this.value)) return nothing;
    const text = valueText(field, this.initial);
    return html`<button
      type="button"
      class="back"
      aria-label=${`${field.label}: back to ${text}`}
      @click=${() => {
        this.#tell(this.initial);
      }}
    >
      back to ${text}
    </button>`;
  }

  readonly #onInput = (event: Event): void => {
    if (this.field === null) return;
    this.text = (event.target as HTMLInputElement).value;
    this.#tell(fieldValue(this.field, this.text));
  };

  #tell(value: unknown): void {
    const detail: Setting = { path: this.path, value };
    this.dispatchEvent(new CustomEvent("setting", { detail, bubbles: true, composed: true }));
  }
}

/** What may stand there, and what does unless it is changed. */
function hint(field: LeafField, initial: unknown): string {
  const bounds = boundsText(field);
  const usual = initial === undefined ? field.default : initial;
  return [
    ...(bounds === "" ? [] : [`${capitalised(bounds)}.`]),
    ...(usual === undefined ? [] : [`Default: ${valueText(field, usual)}.`]),
  ].join(" ");
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

customElements.define("gambeson-form-field", GambesonFormField);

import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Draft, Setting } from "../view-models/config-draft.ts";
import type { FormField, Variant, VariantsField } from "../view-models/form-fields.ts";
import { withAnother } from "../view-models/regime-drafts.ts";
import "./gambeson-settings.ts";

/** Shown without being asked for. */
const MAIN: readonly string[] = ["epochs", "images", "lambda"];

/**
 * The regimes of a config, each with its settings, to change, take away and add to.
 *
 * @property field Their field.
 * @property draft The config as it is.
 * @property initial The config as it was.
 * @property issues What is wrong, by whole path.
 * @fires setting When anything of them is changed.
 */
export class GambesonRegimeList extends LitElement {
  static override properties = {
    field: { attribute: false },
    draft: { attribute: false },
    initial: { attribute: false },
    issues: { attribute: false },
  };
  static override styles = [
    controlStyles,
    css`
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: 1rem;
      }
      .head {
        justify-content: space-between;
      }
      h3 {
        margin: 0;
      }
      p {
        margin: 0.15rem 0 0.6rem;
      }
    `,
  ];
  declare field: VariantsField | null;
  declare draft: Draft;
  declare initial: Draft;
  declare issues: ReadonlyMap<string, string>;

  constructor() {
    super();
    this.field = null;
    this.draft = {};
    this.initial = {};
    this.issues = new Map();
  }

  override render(): TemplateResult | typeof nothing {
    const { field } = this;
    if (field === null) return nothing;
    return html`<ol>
        ${this.#regimes().map((regime, index) => this.#renderRegime(field, regime, index))}
      </ol>
      <p class="row">
        ${field.variants.map(
          ({ name, label, help }) =>
            html`<button
              type="button"
              title=${help}
              @click=${() => {
                this.#tell(withAnother(this.#regimes(), name));
              }}
            >
              Add ${label}
            </button>`,
        )}
      </p>`;
  }

  #renderRegime({ key, variants }: VariantsField, regime: Draft, index: number): TemplateResult {
    const variant = variants.find(({ name }) => name === regime[key]);
    const label = typeof regime.label === "string" ? regime.label : `Regime ${index + 1}`;
    return html`<li class="panel">
      <div role="group" aria-labelledby=${`regime-${index}`}>
        <div class="row head">
          <h3 id=${`regime-${index}`}>${label}</h3>
          <button
            type="button"
            aria-label=${`Take away ${label}`}
            ?disabled=${this.#regimes().length === 1}
            @click=${() => {
              this.#tell(this.#regimes().toSpliced(index, 1));
            }}
          >
            Take away
          </button>
        </div>
        ${variant === undefined ? html`<p class="wrong">No regime of this kind is known.</p>` : this.#renderVariant(variant, index)}
      </div>
    </li>`;
  }

  #renderVariant({ label, help, fields }: Variant, index: number): TemplateResult {
    const rest = fields.filter(({ path }) => !MAIN.includes(path));
    const more: FormField = {
      kind: "group",
      path: "",
      label: "More",
      help: `of this ${label} regime`,
      fields: rest,
    };
    return html`<p class="quiet">${help}</p>
      <gambeson-settings
        .fields=${[...MAIN.flatMap((path) => fields.filter((field) => field.path === path)), more]}
        .within=${`regimes.${index}`}
        .draft=${this.draft}
        .initial=${this.initial}
        .issues=${this.issues}
      ></gambeson-settings>`;
  }

  #regimes(): readonly Draft[] {
    const { regimes } = this.draft;
    return Array.isArray(regimes) ? regimes.filter(isDraft) : [];
  }

  #tell(value: readonly Draft[]): void {
    const detail: Setting = { path: "regimes", value };
    this.dispatchEvent(new CustomEvent("setting", { detail, bubbles: true, composed: true }));
  }
}

function isDraft(value: unknown): value is Draft {
  return typeof value === "object" && value !== null;
}

customElements.define("gambeson-regime-list", GambesonRegimeList);

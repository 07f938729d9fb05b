import { RUN_STATES } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type TemplateResult } from "lit";
import { STATE_WORDS } from "../view-models/run-rows.ts";
import {
  runChoice,
  SORT_KEYS,
  type DatasetChoices,
  type RunChoice,
  type SortKey,
} from "../view-models/run-selection.ts";

/** How the address shall change; null removes a key. */
export interface QueryChange {
  readonly changes: Readonly<Record<string, string | null>>;
  readonly how: "push" | "replace";
}

const SORT_WORDS = {
  created: "newest",
  name: "name",
  state: "state",
  dataset: "data set",
  accuracy: "best accuracy",
  rho2: "largest ρ₂",
  epsilon: "largest ε ref",
} as const satisfies Record<SortKey, string>;

/**
 * What of a list of runs is shown, and in which order.
 *
 * @property choice What is chosen now.
 * @property datasets Data sets to choose from.
 * @property tags Tags to choose from.
 * @fires query When something else is chosen; `detail` is a QueryChange.
 */
export class GambesonRunFilters extends LitElement {
  static override properties = {
    choice: { attribute: false },
    datasets: { attribute: false },
    tags: { attribute: false },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        margin-block: 1rem;
      }
      label {
        display: grid;
        gap: 0.1rem;
        font-size: 0.875rem;
        flex: 0 1 9rem;
        min-width: 0;
      }
      label > * {
        width: 100%;
        min-width: 0;
      }
      .search {
        flex: 1 1 14rem;
      }
    `,
  ];
  declare choice: RunChoice;
  declare datasets: DatasetChoices;
  declare tags: readonly string[];

  constructor() {
    super();
    this.choice = runChoice({});
    this.datasets = [];
    this.tags = [];
  }

  override render(): TemplateResult {
    const { choice } = this;
    return html`<div class="row" role="search">
      <label class="search"
        >Search
        <input
          data-search
          type="search"
          placeholder="Name, notes, tag or data set"
          .value=${choice.q}
          @input=${(event: Event) => {
            this.#tell({ q: (event.target as HTMLInputElement).value }, "replace");
          }}
        />
      </label>
      ${this.#renderSelect(
        "State",
        "state",
        choice.state,
        RUN_STATES.map((state) => [state, STATE_WORDS[state]]),
      )}
      ${this.#renderSelect(
        "Data set",
        "dataset",
        choice.dataset,
        this.datasets.map(({ name, title }) => [name, title]),
      )}
      ${this.#renderSelect(
        "Tag",
        "tag",
        choice.tag,
        this.tags.map((tag) => [tag, tag]),
      )}
      <label
        >Order
        <select @change=${this.#onSort}>
          ${SORT_KEYS.map(
            (key) => html`<option value=${key} .selected=${key === choice.sort}>${SORT_WORDS[key]}</option>`,
          )}
        </select>
      </label>
    </div>`;
  }

  #renderSelect(
    label: string,
    key: string,
    chosen: string | null,
    options: readonly (readonly [value: string, text: string])[],
  ): TemplateResult {
    const isListed = chosen === null || options.some(([value]) => value === chosen);
    const all = isListed ? options : [...options, [chosen, chosen] as const];
    return html`<label
      >${label}
      <select
        @change=${(event: Event) => {
          this.#tell({ [key]: (event.target as HTMLSelectElement).value }, "push");
        }}
      >
        <option value="" .selected=${chosen === null}>all</option>
        ${all.map(([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`)}
      </select>
    </label>`;
  }

  readonly #onSort = (event: Event): void => {
    const key = (event.target as HTMLSelectElement).value as SortKey;
    this.#tell({ sort: key === "created" ? "" : key, order: "" }, "push");
  };

  #tell(changes: Readonly<Record<string, string>>, how: QueryChange["how"]): void {
    const detail: QueryChange = {
      changes: Object.fromEntries(
        Object.entries(changes).map(([key, value]) => [key, value === "" ? null : value]),
      ),
      how,
    };
    this.dispatchEvent(new CustomEvent("query", { detail }));
  }
}

customElements.define("gambeson-run-filters", GambesonRunFilters);

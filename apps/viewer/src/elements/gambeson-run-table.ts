import { withReferenceSymbol } from "@gambeson/elements/reference-symbol";
import { controlStyles } from "@gambeson/elements/styles";
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import type { RunAction, RunWish } from "../view-models/run-actions.ts";
import type { RunRow } from "../view-models/run-rows.ts";
import { runChoice, sortQuery, type RunChoice, type SortKey } from "../view-models/run-selection.ts";
import { drawModels, drawState } from "./run-cells.ts";
import { runTableStyles } from "./run-table-styles.ts";
import type { QueryChange } from "./gambeson-run-filters.ts";

/** Something to do to a run. */
export interface RunOrder {
  readonly id: string;
  readonly wish: RunWish;
}

const ACTION_WORDS = { cancel: "Cancel", retry: "Try again", delete: "Delete" } as const satisfies Record<
  RunAction,
  string
>;

/**
 * Runs, a row each; on a narrow page a card each. Rows out of sight cost nothing.
 *
 * @property rows What to draw, in this order.
 * @property choice How they are sorted, and which are picked.
 * @fires query When another order, tag or picking is chosen; `detail` is a QueryChange.
 * @fires order When something is to be done to a run; `detail` is a RunOrder.
 */
export class GambesonRunTable extends LitElement {
  static override properties = { rows: { attribute: false }, choice: { attribute: false } };
  static override styles = [controlStyles, runTableStyles];
  declare rows: readonly RunRow[];
  declare choice: RunChoice;

  constructor() {
    super();
    this.rows = [];
    this.choice = runChoice({});
  }

  override render(): TemplateResult {
    const picked = new Set(this.choice.picked);
    return html`<table role="table" aria-label="Runs" aria-rowcount=${this.rows.length + 1}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader"><span class="visually-hidden">To compare</span></th>
          ${this.#renderHeader([["name", "Name"]])} ${this.#renderHeader([["state", "State"]])}
          ${this.#renderHeader([["dataset", "Data set"]])}
          ${this.#renderHeader([
            ["accuracy", "Accuracy"],
            ["rho2", "ρ₂"],
          ])}
          ${this.#renderHeader([["epsilon", "ε_ref"]], "number")} ${this.#renderHeader([["created", "When"]])}
          <th role="columnheader"><span class="visually-hidden">To do</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(
          this.rows,
          ({ id }) => id,
          (row) => guard([row, picked.has(row.id)], () => this.#renderRow(row, picked.has(row.id))),
        )}
      </tbody>
    </table>`;
  }

  #renderHeader(keys: readonly (readonly [SortKey, string])[], className = ""): TemplateResult {
    const { sort, order } = this.choice;
    const isSorted = keys.some(([key]) => key === sort);
    const direction = order === "asc" ? "ascending" : "descending";
    return html`<th role="columnheader" class=${className} aria-sort=${isSorted ? direction : nothing}>
      ${keys.map(
        ([key, text], index) =>
          html`${index === 0 ? nothing : " · "}<button
              @click=${() => {
                this.#tell(sortQuery(this.choice, key), "push");
              }}
            >
              ${withReferenceSymbol(text)}${key === sort ? html`<span aria-hidden="true"> ${order === "asc" ? "▲" : "▼"}</span>` : nothing}
            </button>`,
      )}
    </th>`;
  }

  #renderRow(row: RunRow, isPicked: boolean): TemplateResult {
    const { id, name, dataset, epsilonReference, when, instant } = row;
    return html`<tr role="row">
      <td role="cell">
        <input
          type="checkbox"
          aria-label=${`Compare ${name}`}
          .checked=${isPicked}
          @change=${() => {
            this.#pick(id);
          }}
        />
      </td>
      <th role="rowheader">
        <a class="name" href=${`/runs/${id}`}>${name}</a>
        <div>${row.tags.map((tag) => this.#renderTag(tag))}</div>
      </th>
      <td role="cell">${drawState(row)}</td>
      <td role="cell"><span class="label">On </span>${dataset}</td>
      <td role="cell" class=${row.models.length === 0 ? "empty" : ""}>${drawModels(row)}</td>
      <td role="cell" class=${epsilonReference === "" ? "empty" : "number"}>
        <span class="label">${withReferenceSymbol("ε_ref ")}</span>${epsilonReference}
      </td>
      <td role="cell"><time title=${instant}>${when}</time></td>
      <td role="cell" class="actions">${this.#renderActions(row)}</td>
    </tr>`;
  }

  #renderTag(tag: string): TemplateResult {
    return html`<button
      class="tag"
      aria-label=${`Only runs tagged ${tag}`}
      @click=${() => {
        this.#tell({ tag }, "push");
      }}
    >
      ${tag}
    </button>`;
  }

  #renderActions({ id, name, actions }: RunRow): TemplateResult {
    const button = (wish: RunWish, text: string) =>
      html`<button
        aria-label=${`${text}: ${name}`}
        @click=${() => {
          const detail: RunOrder = { id, wish };
          this.dispatchEvent(new CustomEvent("order", { detail }));
        }}
      >
        ${text}
      </button>`;
    return html`${button("change", "Edit")}${actions.map((action) => button(action, ACTION_WORDS[action]))}`;
  }

  #pick(id: string): void {
    const { picked } = this.choice;
    const next = picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id];
    this.#tell({ pick: next.length === 0 ? null : next.join(",") }, "push");
  }

  #tell(changes: QueryChange["changes"], how: QueryChange["how"]): void {
    const detail: QueryChange = { changes, how };
    this.dispatchEvent(new CustomEvent("query", { detail }));
  }
}

customElements.define("gambeson-run-table", GambesonRunTable);

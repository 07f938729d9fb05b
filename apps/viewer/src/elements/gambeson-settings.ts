import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { valueAt, type Draft } from "../view-models/config-draft.ts";
import { leavesOf, type FormField } from "../view-models/form-fields.ts";
import "./gambeson-form-field.ts";

/**
 * Settings, and groups of them that open.
 *
 * @property fields What to show, in this order.
 * @property within Where the fields' paths begin: "" for a whole config, else "regimes.0".
 * @property draft The config as it is.
 * @property initial The config as it was.
 * @property issues What is wrong, by whole path.
 * @fires setting From a field that is changed.
 */
export class GambesonSettings extends LitElement {
  static override properties = {
    fields: { attribute: false },
    within: {},
    draft: { attribute: false },
    initial: { attribute: false },
    issues: { attribute: false },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr));
        gap: 1rem 1.5rem;
        align-items: start;
      }
      details {
        border-block-start: 1px solid var(--grid);
        grid-column: 1 / -1;
      }
      summary {
        padding: 0.5rem 0;
        cursor: pointer;
        font-weight: 600;
      }
      .note {
        font-weight: normal;
      }
      details > .fields {
        padding-block: 0.5rem 1rem;
        padding-inline-start: 1rem;
      }
    `,
  ];
  declare fields: readonly FormField[];
  declare within: string;
  declare draft: Draft;
  declare initial: Draft;
  declare issues: ReadonlyMap<string, string>;

  constructor() {
    super();
    this.fields = [];
    this.within = "";
    this.draft = {};
    this.initial = {};
    this.issues = new Map();
  }

  override render(): TemplateResult {
    return html`<div class="fields">${this.#renderFields(this.fields)}</div>`;
  }

  /** What is wrong opens its group; nothing but the reader closes one, who may be typing in it. */
  protected override updated(): void {
    for (const group of this.renderRoot.querySelectorAll<HTMLDetailsElement>("details[data-wrong]")) {
      group.open = true;
    }
  }

  #renderFields(fields: readonly FormField[]): TemplateResult[] {
    return fields.map((field) => {
      if (field.kind === "variants") return html``;
      if (field.kind === "group") return this.#renderGroup(field.label, field.help, field.fields);
      const path = this.#whole(field.path);
      return html`<gambeson-form-field
        data-path=${path}
        .field=${field}
        .path=${path}
        .value=${valueAt(this.draft, path)}
        .initial=${valueAt(this.initial, path)}
        .issue=${this.issues.get(path) ?? ""}
      ></gambeson-form-field>`;
    });
  }

  #renderGroup(label: string, help: string, fields: readonly FormField[]): TemplateResult {
    const paths = leavesOf(fields).map(({ path }) => this.#whole(path));
    const wrong = paths.filter((path) => this.issues.has(path)).length;
    const changed = paths.filter((path) => this.#isChanged(path)).length;
    return html`<details ?data-wrong=${wrong > 0}>
      <summary>
        ${label} <span class="note quiet">${help}</span>
        ${changed === 0 ? nothing : html`<span class="note">${changed} changed</span>`}
        ${wrong === 0 ? nothing : html`<span class="note wrong">${wrong} to correct</span>`}
      </summary>
      <div class="fields">${this.#renderFields(fields)}</div>
    </details>`;
  }

  #whole(path: string): string {
    return this.within === "" ? path : `${this.within}.${path}`;
  }

  #isChanged(path: string): boolean {
    const initial = valueAt(this.initial, path);
    return initial !== undefined && JSON.stringify(initial) !== JSON.stringify(valueAt(this.draft, path));
  }
}

customElements.define("gambeson-settings", GambesonSettings);

import type { RunSummary } from "@gambeson/contract";
import { drawKey } from "@gambeson/elements";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { whenText } from "../view-models/when-text.ts";

/**
 * `<gambeson-compare-picker>`: which runs are compared, and which of them the others are held against.
 *
 * @property runs Those to choose from. @property picked Ids, in order. @property baseline Id; null for none. @property q What is searched for.
 * @fires pick `detail` is the ids. @fires baseline-change `detail` is the id. @fires search `detail` is the text.
 */
export class GambesonComparePicker extends LitElement {
  static override properties = {
    runs: { attribute: false },
    picked: { attribute: false },
    baseline: { attribute: false },
    q: {},
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      ul {
        list-style: none;
        margin: 0.5rem 0 0;
        padding: 0;
        max-height: 20rem;
        overflow-y: auto;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        gap: 0.1rem 1rem;
        align-items: center;
        justify-content: space-between;
        border-block-end: 1px solid var(--grid);
        padding: 0.15rem 0.25rem;
      }
      li > label:first-child {
        flex: 1 1 16rem;
        overflow-wrap: anywhere;
      }
      label {
        cursor: pointer;
      }
      svg {
        vertical-align: middle;
      }
      input[type="search"] {
        width: min(100%, 24rem);
      }
      h2 {
        margin-block-start: 0;
      }
    `,
  ];
  declare runs: readonly RunSummary[];
  declare picked: readonly string[];
  declare baseline: string | null;
  declare q: string;

  constructor() {
    super();
    this.runs = [];
    this.picked = [];
    this.baseline = null;
    this.q = "";
  }

  override render(): TemplateResult {
    return html`<section class="panel" aria-labelledby="title">
      <h2 id="title">Runs to compare</h2>
      <label
        >Search
        <input
          type="search"
          data-search
          .value=${this.q}
          @input=${(event: Event) => {
            const detail = (event.target as HTMLInputElement).value;
            this.dispatchEvent(new CustomEvent("search", { detail }));
          }}
      /></label>
      ${
        this.runs.length === 0
          ? html`<p>No finished run fits.</p>`
          : html`<ul tabindex="0" role="list" aria-label="Finished runs">
              ${repeat(
                this.runs,
                ({ id }) => id,
                (run) => this.#renderRun(run),
              )}
            </ul>`
      }
    </section>`;
  }

  #renderRun({ id, name, createdAt, dataset }: RunSummary): TemplateResult {
    const at = this.picked.indexOf(id);
    return html`<li>
      <label
        ><input
          type="checkbox"
          .checked=${at !== -1}
          @change=${() => {
            this.#toggle(id);
          }}
        />${at === -1 ? nothing : drawKey(at)} ${name}</label
      >
      <span class="quiet">${dataset}, ${whenText(createdAt, Date.now())}, ${id.slice(-4)}</span>
      <label
        ><input
          type="radio"
          name="baseline"
          aria-label=${`${name} (${id.slice(-4)}) is the baseline`}
          .checked=${this.baseline === id}
          ?disabled=${at === -1}
          @change=${() => {
            this.dispatchEvent(new CustomEvent("baseline-change", { detail: id }));
          }}
        />baseline</label
      >
    </li>`;
  }

  #toggle(id: string): void {
    const detail = this.picked.includes(id) ? this.picked.filter((one) => one !== id) : [...this.picked, id];
    this.dispatchEvent(new CustomEvent("pick", { detail }));
  }
}

customElements.define("gambeson-compare-picker", GambesonComparePicker);

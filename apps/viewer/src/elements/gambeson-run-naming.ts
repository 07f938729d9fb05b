import type { PresetEntry } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type TemplateResult } from "lit";

/** What is said of a run before its settings: changes of an address, where null removes a key. */
export type NamingChange = Readonly<Partial<Record<"preset" | "set" | "name" | "tags", string | null>>>;

/**
 * Which preset a new run begins with, and what it is called.
 *
 * @property presets What there is.
 * @property preset The name of the chosen one.
 * @property name As it is typed.
 * @property tags As they are typed.
 * @fires naming When one of them is changed; `detail` is a NamingChange.
 */
export class GambesonRunNaming extends LitElement {
  static override properties = { presets: { attribute: false }, preset: {}, name: {}, tags: {} };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr));
        gap: 1rem 1.5rem;
      }
      .preset {
        grid-column: 1 / -1;
      }
      label {
        font-weight: 600;
        display: block;
      }
      input,
      select {
        width: 100%;
        margin-block: 0.2rem;
      }
      select {
        max-width: 32rem;
      }
      p {
        margin: 0.15rem 0 0;
        font-size: 0.875rem;
      }
    `,
  ];
  declare presets: readonly PresetEntry[];
  declare preset: string;
  declare name: string;
  declare tags: string;

  constructor() {
    super();
    this.presets = [];
    this.preset = "";
    this.name = "";
    this.tags = "";
  }

  override render(): TemplateResult {
    const chosen = this.presets.find(({ name }) => name === this.preset);
    return html`<div class="preset">
        <label for="preset">Begin with</label>
        <select id="preset" aria-describedby="preset-note" @change=${this.#onPreset}>
          ${this.presets.map(
            ({ name, title }) =>
              html`<option value=${name} .selected=${name === this.preset}>${name}: ${title}</option>`,
          )}
        </select>
        <p id="preset-note" class="quiet">${chosen?.description.replaceAll("`", "")}</p>
      </div>
      <div>
        <label for="name">Name</label>
        <input
          id="name"
          maxlength="200"
          autocomplete="off"
          placeholder=${chosen?.config.title ?? ""}
          aria-describedby="name-note"
          .value=${this.name}
          @input=${this.#onText}
        />
        <p id="name-note" class="quiet">What the list of runs calls it.</p>
      </div>
      <div>
        <label for="tags">Tags</label>
        <input
          id="tags"
          autocomplete="off"
          aria-describedby="tags-note"
          .value=${this.tags}
          @input=${this.#onText}
        />
        <p id="tags-note" class="quiet">Words to find it by, separated by commas.</p>
      </div>`;
  }

  readonly #onPreset = (event: Event): void => {
    // Another preset's settings would mean something else.
    this.#tell({ preset: (event.target as HTMLSelectElement).value, set: null });
  };

  readonly #onText = (event: Event): void => {
    const { id, value } = event.target as HTMLInputElement;
    this.#tell({ [id]: value === "" ? null : value });
  };

  #tell(detail: NamingChange): void {
    this.dispatchEvent(new CustomEvent("naming", { detail }));
  }
}

customElements.define("gambeson-run-naming", GambesonRunNaming);

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { controlStyles } from "../styles.ts";
import { saveFile } from "./save-file.ts";

/** One form in which something can be saved. */
export interface SavedForm {
  /** "SVG", "PNG", "CSV", "LaTeX"; also what its button says. */
  readonly form: string;
  /** Ending of the file's name, without the dot. */
  readonly ending: string;
  readonly make: () => Blob | Promise<Blob>;
}

/** `<gambeson-save-buttons>`: a button for each form in which a chart or table can be saved. */
export class GambesonSaveButtons extends LitElement {
  static override properties = {
    what: {},
    name: {},
    forms: { attribute: false },
    trouble: { state: true },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      @container (max-width: 13rem) {
        .row > span:first-child {
          display: none;
        }
      }
      .row {
        gap: 0.35rem;
        font-size: 0.85rem;
        color: var(--muted);
      }
      button {
        min-height: 1.75rem;
        padding: 0 0.5rem;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];
  /** What is saved, for those who hear the buttons: "Accuracy under FGS". */
  declare what: string;
  /** Of the files, without ending. */
  declare name: string;
  declare forms: readonly SavedForm[];
  declare trouble: string;

  constructor() {
    super();
    this.what = "";
    this.name = "gambeson";
    this.forms = [];
    this.trouble = "";
  }

  override render(): TemplateResult {
    return html`<div class="row">
      <span aria-hidden="true">Save as</span>
      ${this.forms.map(
        (form) =>
          html`<button aria-label=${`Save “${this.what}” as ${form.form}`} @click=${() => this.#save(form)}>
            ${form.form}
          </button>`,
      )}
      ${this.trouble === "" ? nothing : html`<span class="wrong" role="status">${this.trouble}</span>`}
    </div>`;
  }

  async #save({ ending, make }: SavedForm): Promise<void> {
    try {
      saveFile(`${this.name}.${ending}`, await make());
      this.trouble = "";
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
    }
  }
}

customElements.define("gambeson-save-buttons", GambesonSaveButtons);

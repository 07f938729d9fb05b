import type { RunChanges, RunSummary } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";

/** What was decided in a dialog. */
export type RunDecision =
  | { readonly kind: "delete"; readonly id: string }
  | { readonly kind: "change"; readonly id: string; readonly changes: RunChanges };

/**
 * Asks before a run is forgotten, and what a run is to be called.
 *
 * @fires decide When the reader has decided; `detail` is a RunDecision.
 */
export class GambesonRunDialogs extends LitElement {
  static override properties = { run: { state: true }, kind: { state: true } };
  static override styles = [
    controlStyles,
    css`
      dialog {
        color: var(--ink);
        background: var(--paper);
        border: 1px solid var(--muted);
        border-radius: 0.6rem;
        width: min(32rem, 92vw);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }
      h2 {
        margin-block-start: 0;
      }
      label {
        display: block;
        font-weight: 600;
        margin-block-start: 0.75rem;
      }
      input,
      textarea {
        width: 100%;
      }
      p {
        overflow-wrap: anywhere;
      }
      .row {
        margin-block-start: 1rem;
        justify-content: flex-end;
      }
    `,
  ];
  declare run: RunSummary | null;
  declare kind: RunDecision["kind"];

  constructor() {
    super();
    this.run = null;
    this.kind = "change";
  }

  /** Opens the dialog for a run. */
  async ask(kind: RunDecision["kind"], run: RunSummary): Promise<void> {
    this.run = run;
    this.kind = kind;
    await this.updateComplete;
    this.renderRoot.querySelector("dialog")?.showModal();
  }

  override render(): TemplateResult | typeof nothing {
    const { run, kind } = this;
    if (run === null) return nothing;
    return html`<dialog aria-labelledby="title">
      <form method="dialog" @submit=${this.#decide}>
        ${kind === "delete" ? drawDelete(run) : drawChange(run)}
        <div class="row">
          <button type="button" @click=${this.#close}>
            ${kind === "delete" ? "Keep it" : "Leave it as it is"}
          </button>
          <button class="primary">${kind === "delete" ? "Delete the run" : "Save"}</button>
        </div>
      </form>
    </dialog>`;
  }

  readonly #close = (): void => {
    this.renderRoot.querySelector("dialog")?.close();
  };

  readonly #decide = (event: Event): void => {
    event.preventDefault();
    const { run, kind } = this;
    if (run === null) return;
    const detail: RunDecision =
      kind === "delete" ? { kind, id: run.id } : { kind, id: run.id, changes: this.#changes() };
    this.#close();
    this.dispatchEvent(new CustomEvent("decide", { detail }));
  };

  #changes(): RunChanges {
    const text = (id: string) =>
      this.renderRoot.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)?.value ?? "";
    const tags = text("tags")
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "");
    return { name: text("name").trim(), tags: [...new Set(tags)], notes: text("notes") };
  }
}

function drawDelete({ name }: RunSummary): TemplateResult {
  return html`<h2 id="title">Delete this run?</h2>
    <p>${name}</p>
    <p>Its numbers, images and weights are forgotten. This cannot be undone.</p>`;
}

function drawChange({ name, tags, notes }: RunSummary): TemplateResult {
  return html`<h2 id="title">Name, tags and notes</h2>
    <label for="name">Name</label>
    <input id="name" required maxlength="200" pattern=".*\\S.*" .value=${name} />
    <label for="tags">Tags</label>
    <input id="tags" aria-describedby="tags-note" .value=${tags.join(", ")} />
    <p id="tags-note" class="quiet">Separated by commas.</p>
    <label for="notes">Notes</label>
    <textarea id="notes" rows="5" maxlength="10000" .value=${notes}></textarea>`;
}

customElements.define("gambeson-run-dialogs", GambesonRunDialogs);

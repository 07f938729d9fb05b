import type { RunChanges, RunSummary } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { RunDecision, RunWish } from "../view-models/run-actions.ts";
import { dialogStyles } from "./dialog-styles.ts";

/** What is asked before it is done. */
export type AskedWish = Exclude<RunWish, "retry">;

/** What a dialog's buttons say. */
const ANSWERS = {
  cancel: { yes: "Cancel the run", no: "Let it go on" },
  delete: { yes: "Delete the run", no: "Keep it" },
  change: { yes: "Save", no: "Leave it as it is" },
} as const satisfies Record<AskedWish, { readonly yes: string; readonly no: string }>;

/**
 * Asks before a run is cancelled or forgotten, and what a run is to be called.
 *
 * @fires decide When the reader has decided; `detail` is a RunDecision.
 */
export class GambesonRunDialogs extends LitElement {
  static override properties = { run: { state: true }, kind: { state: true } };
  static override styles = [
    controlStyles,
    dialogStyles,
    css`
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
  declare kind: AskedWish;

  constructor() {
    super();
    this.run = null;
    this.kind = "change";
  }

  /** Opens the dialog for a run. */
  async ask(kind: AskedWish, run: RunSummary): Promise<void> {
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
        ${drawQuestion(kind, run)}
        <div class="row">
          <button type="button" @click=${this.#close}>${ANSWERS[kind].no}</button>
          <button class="primary">${ANSWERS[kind].yes}</button>
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
      kind === "change" ? { kind, id: run.id, changes: this.#changes() } : { kind, id: run.id };
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

function drawQuestion(kind: AskedWish, run: RunSummary): TemplateResult {
  switch (kind) {
    case "cancel":
      return html`<h2 id="title">Cancel this run?</h2>
        <p>${run.name}</p>
        <p>What it has done so far is kept: the run can be taken up again.</p>`;
    case "delete":
      return html`<h2 id="title">Delete this run?</h2>
        <p>${run.name}</p>
        <p>Its numbers, images and weights are forgotten. This cannot be undone.</p>`;
    case "change":
      return drawChange(run);
    default:
      return kind satisfies never;
  }
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

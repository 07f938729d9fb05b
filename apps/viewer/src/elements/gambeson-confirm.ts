import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type TemplateResult } from "lit";

/** What is asked before something is done that cannot be undone. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button that does it says. */
  readonly yes: string;
  readonly no: string;
}

/** `<gambeson-confirm>`: asks before something is done. */
export class GambesonConfirm extends LitElement {
  static override properties = { question: { state: true } };
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
      .row {
        justify-content: flex-end;
      }
    `,
  ];
  declare question: Question | null;
  #answer: (isYes: boolean) => void = () => undefined;

  constructor() {
    super();
    this.question = null;
  }

  /** @returns What the reader has chosen; false also where the dialog was closed. */
  async ask(question: Question): Promise<boolean> {
    this.question = question;
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector("dialog")!;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  override render(): TemplateResult {
    const { title, text, yes, no } = this.question ?? { title: "", text: "", yes: "", no: "" };
    return html`<dialog aria-labelledby="title" @close=${this.#onClose}>
      <form method="dialog">
        <h2 id="title">${title}</h2>
        <p>${text}</p>
        <div class="row">
          <button value="">${no}</button>
          <button class="primary" value="yes">${yes}</button>
        </div>
      </form>
    </dialog>`;
  }

  readonly #onClose = (event: Event): void => {
    this.#answer((event.currentTarget as HTMLDialogElement).returnValue === "yes");
  };
}

customElements.define("gambeson-confirm", GambesonConfirm);

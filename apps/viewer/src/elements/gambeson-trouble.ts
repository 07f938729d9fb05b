import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type TemplateResult } from "lit";
import { messageOf } from "../view-models/message-of.ts";

/**
 * What went wrong, and what to do.
 *
 * @property error What was thrown.
 * @fires retry When the reader wants to try again.
 */
export class GambesonTrouble extends LitElement {
  static override properties = { error: { attribute: false } };
  static override styles = [
    controlStyles,
    css`
      div {
        border-inline-start: 4px solid var(--wrong);
        padding: 0.25rem 1rem;
        margin-block: 1rem;
      }
    `,
  ];
  declare error: unknown;

  constructor() {
    super();
    this.error = null;
  }

  override render(): TemplateResult {
    return html`<div role="alert">
      <p>${messageOf(this.error)}</p>
      <p><button @click=${this.#retry}>Try again</button></p>
    </div>`;
  }

  readonly #retry = (): void => {
    this.dispatchEvent(new CustomEvent("retry"));
  };
}

customElements.define("gambeson-trouble", GambesonTrouble);

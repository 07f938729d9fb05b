import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type TemplateResult } from "lit";

/**
 * A command for a terminal, with a button that copies it.
 *
 * @property command The whole line.
 */
export class GambesonCommandLine extends LitElement {
  static override properties = { command: {}, said: { state: true } };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      code {
        display: block;
        flex: 1 1 18rem;
        min-width: 0;
        font-family: ui-monospace, monospace;
        font-size: 0.9rem;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];
  declare command: string;
  declare said: string;

  constructor() {
    super();
    this.command = "";
    this.said = "";
  }

  override render(): TemplateResult {
    return html`<div class="panel row">
      <code>${this.command}</code>
      <button type="button" @click=${this.#copy}>Copy</button>
      <span role="status" class="quiet">${this.said}</span>
    </div>`;
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.command);
      this.said = "Copied.";
    } catch {
      // Browsers keep the clipboard from pages that came over plain http from another machine.
      const code = this.renderRoot.querySelector("code");
      if (code !== null) getSelection()?.selectAllChildren(code);
      this.said = "Marked: copy it with Ctrl-C.";
    }
  };
}

customElements.define("gambeson-command-line", GambesonCommandLine);

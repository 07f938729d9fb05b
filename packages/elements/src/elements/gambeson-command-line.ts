import { css, html, LitElement, type TemplateResult } from "lit";
import { controlStyles } from "../styles.ts";
import { themeStyles } from "../theme.ts";

/**
 * `<gambeson-command-line>`: a command for a terminal, with a button that copies it.
 *
 * @property command The whole line.
 */
export class GambesonCommandLine extends LitElement {
  static override properties = { command: {}, said: { state: true } };
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
        color: var(--ink);
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
      @media print {
        button {
          display: none;
        }
      }
    `,
  ];
  declare command: string;
  /** What came of copying. */
  declare said: string;

  constructor() {
    super();
    this.command = "";
    this.said = "";
  }

  override render(): TemplateResult {
    return html`<div class="panel row">
      <code>${this.command}</code>
      <button type="button" aria-label="Copy the command" @click=${this.#copy}>Copy</button>
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
      this.said = "Selected: copy it with your keyboard.";
    }
  };
}

customElements.define("gambeson-command-line", GambesonCommandLine);

import type { Result } from "@gambeson/contract";
import { methodsOf, REPRODUCE_NOTE, reproduceCommand, type Method } from "@gambeson/report";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { controlStyles } from "../styles.ts";
import { withReferenceSymbol } from "../tables/reference-symbol.ts";
import { themeStyles } from "../theme.ts";

/**
 * `<gambeson-methods>`: every setting behind the numbers, and the command that makes them again, to copy.
 *
 * @property result A result.json, parsed.
 */
export class GambesonMethods extends LitElement {
  static override properties = { result: { attribute: false }, copied: { state: true } };
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
        color: var(--ink);
      }
      dl {
        display: grid;
        grid-template-columns: minmax(9em, auto) 1fr;
        gap: 0.35rem 1.2rem;
        margin: 0;
        font-size: 0.93rem;
      }
      dt {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      dd code {
        font-size: 0.8em;
      }
      sub {
        line-height: 0;
      }
      pre {
        margin: 0;
        padding: 0.6rem 0.8rem;
        border: 1px solid var(--grid);
        border-radius: 0.4rem;
        background: var(--paper);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        flex: 1 1 20rem;
      }
      p {
        color: var(--muted);
        font-size: 0.9rem;
        max-width: 78ch;
      }
      p.lead {
        color: inherit;
        font-size: inherit;
        font-weight: 600;
        margin-block: 1rem 0.4rem;
      }
      @media (max-width: 40rem) {
        dl {
          grid-template-columns: 1fr;
          gap: 0;
        }
        dd {
          margin-block-end: 0.6rem;
        }
      }
      @media print {
        button {
          display: none;
        }
      }
    `,
  ];
  declare result: Result | null;
  /** What came of copying. */
  declare copied: string;

  constructor() {
    super();
    this.result = null;
    this.copied = "";
  }

  override render(): TemplateResult | typeof nothing {
    if (this.result === null) return nothing;
    const command = reproduceCommand(this.result);
    return html`<dl>
        ${methodsOf(this.result).map(
          ({ term, text }) =>
            html`<dt>${withReferenceSymbol(term)}</dt>
              <dd>${drawText(text)}</dd>`,
        )}
      </dl>
      <p class="lead">To make these numbers again</p>
      <div class="row">
        <pre><code>${command}</code></pre>
        <button @click=${() => this.#copy(command)}>Copy the command</button>
        <span role="status">${this.copied}</span>
      </div>
      <p>${REPRODUCE_NOTE}</p>`;
  }

  /** A page that is not served safely has no clipboard: then the command is selected, for the reader's own keys. */
  async #copy(command: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(command);
      this.copied = "Copied.";
    } catch {
      const code = this.renderRoot.querySelector("pre code");
      if (code !== null) getSelection()?.selectAllChildren(code);
      this.copied = "Selected: copy it with your keyboard.";
    }
  }
}

function drawText(text: Method["text"]): TemplateResult {
  if (typeof text === "string") return html`${text}`;
  return html`${text.map(({ sha256, of }) => html`<code>${sha256}</code> ${of}<br />`)}`;
}

customElements.define("gambeson-methods", GambesonMethods);

import type { Result } from "@gambeson/contract";
import { configFile, methodsOf, REPRODUCE_NOTE, reproduceCommand, type Method } from "@gambeson/report";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import "../charts/gambeson-save-buttons.ts";
import { controlStyles } from "../styles.ts";
import { withReferenceSymbol } from "../tables/reference-symbol.ts";
import { themeStyles } from "../theme.ts";
import "./gambeson-command-line.ts";

/**
 * `<gambeson-methods>`: every setting behind the numbers, and the command that makes them again, to copy.
 *
 * @property result A result.json, parsed.
 */
export class GambesonMethods extends LitElement {
  static override properties = { result: { attribute: false } };
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
    `,
  ];
  declare result: Result | null;

  constructor() {
    super();
    this.result = null;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.result === null) return nothing;
    return html`<dl>
        ${methodsOf(this.result).map(
          ({ term, text }) =>
            html`<dt>${withReferenceSymbol(term)}</dt>
              <dd>${drawText(text)}</dd>`,
        )}
      </dl>
      <p class="lead">To make these numbers again</p>
      <gambeson-command-line .command=${reproduceCommand(this.result)}></gambeson-command-line>
      <p>${REPRODUCE_NOTE}</p>
      <gambeson-save-buttons
        what="The settings"
        name="config"
        .forms=${[{ form: "config.json", ending: "json", make: () => new Blob([configFile(this.result!)]) }]}
      ></gambeson-save-buttons>`;
  }
}

function drawText(text: Method["text"]): TemplateResult {
  if (typeof text === "string") return html`${text}`;
  return html`${text.map(({ sha256, of }) => html`<code>${sha256}</code> ${of}<br />`)}`;
}

customElements.define("gambeson-methods", GambesonMethods);

import type { Result } from "@gambeson/contract";
import { NOTHING_SUSPICIOUS } from "@gambeson/report";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { drawKey } from "../charts/draw-line-chart.ts";
import { controlStyles } from "../styles.ts";
import "../tables/gambeson-data-table.ts";
import { themeStyles } from "../theme.ts";
import { diagnosisOf, diagnosticsRows, type Diagnosis } from "../view-models/diagnosis.ts";

/**
 * `<gambeson-diagnostics>`: for each model a badge that says whether anything could make it look more, or less, robust than it is, in plain
 * words what; and the counts behind it.
 *
 * @property result A result.json, parsed.
 */
export class GambesonDiagnostics extends LitElement {
  static override properties = { result: { attribute: false } };
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
        color: var(--ink);
      }
      .models {
        list-style: none;
        padding: 0;
        margin: 0.5rem 0;
        display: grid;
        gap: 0.5rem;
      }
      .badge {
        border: 1px solid var(--muted);
        border-radius: 1rem;
        padding: 0.05rem 0.65rem;
        font-size: 0.9rem;
        white-space: nowrap;
      }
      .badge.warns {
        border: 2px solid var(--wrong);
        color: var(--wrong);
        font-weight: 600;
      }
      .models ul {
        margin: 0.3rem 0 0;
        padding-inline-start: 1.4rem;
        max-width: 72ch;
      }
      .row b {
        overflow-wrap: anywhere;
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
    const models = diagnosisOf(this.result);
    const hasNone = models.every(({ sentences }) => sentences.length === 0);
    return html`${hasNone ? html`<p>${NOTHING_SUSPICIOUS}</p>` : nothing}
      <ul class="models" role="list">
        ${models.map(drawModel)}
      </ul>
      <gambeson-data-table name="diagnostics" .table=${diagnosticsRows(this.result)}></gambeson-data-table>`;
  }
}

function drawModel({ label, style, sentences }: Diagnosis): TemplateResult {
  const count = sentences.length;
  const badge =
    count === 0
      ? html`<span class="badge">✓ nothing suspicious</span>`
      : html`<span class="badge warns">! ${count === 1 ? "1 warning" : `${count} warnings`}</span>`;
  return html`<li>
    <span class="row"
      ><span>${drawKey(style)} <b>${label}</b></span
      >${badge}</span
    >
    ${
      count === 0
        ? nothing
        : html`<ul>
            ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
          </ul>`
    }
  </li>`;
}

customElements.define("gambeson-diagnostics", GambesonDiagnostics);

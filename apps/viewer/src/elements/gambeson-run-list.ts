import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { RunRow } from "../view-models/run-rows.ts";

/** Runs, one an entry. @property rows What to draw. */
export class GambesonRunList extends LitElement {
  static override properties = { rows: { attribute: false } };
  static override styles = css`
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
      display: grid;
      gap: 0.75rem;
    }
    li {
      border: 1px solid var(--line);
      border-radius: 0.5rem;
      background: var(--raised);
      padding: 0.75rem 1rem;
    }
    h2 {
      font-size: 1.1rem;
      margin: 0;
      overflow-wrap: anywhere;
    }
    p {
      margin: 0.25rem 0 0;
      color: var(--quiet);
      overflow-wrap: anywhere;
    }
    progress {
      width: 100%;
      accent-color: var(--accent);
    }
    .failed {
      color: var(--wrong);
    }
    a {
      color: var(--accent);
    }
  `;
  declare rows: readonly RunRow[];

  constructor() {
    super();
    this.rows = [];
  }

  override render(): TemplateResult {
    return html`<ol>
      ${this.rows.map(drawRow)}
    </ol>`;
  }
}

function drawRow({ id, name, state, stateText, share, note, numbers, report }: RunRow): TemplateResult {
  return html`<li>
    <h2><a href=${`/runs/${id}`}>${name}</a></h2>
    <p class=${state}>${stateText} · ${note}</p>
    ${share === null ? nothing : html`<progress max="1" .value=${share} aria-label=${`Progress of ${name}`}></progress>`}
    ${numbers.length === 0 ? nothing : html`<div>${numbers.map((line) => html`<p>${line}</p>`)}</div>`}
    ${report === null ? nothing : html`<p><a href=${report}>Report: tables, figures and images</a></p>`}
  </li>`;
}

customElements.define("gambeson-run-list", GambesonRunList);

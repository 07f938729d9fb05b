import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { drawKey } from "../charts/draw-line-chart.ts";
import "../charts/gambeson-save-buttons.ts";
import type { SavedForm } from "../charts/gambeson-save-buttons.ts";
import { csvFile } from "../charts/save-file.ts";
import { controlStyles } from "../styles.ts";
import { themeStyles } from "../theme.ts";
import type { DataTable, DataTableCell, DataTableRow } from "./data-table.ts";
import { withReferenceSymbol } from "./reference-symbol.ts";

/**
 * `<gambeson-data-table>`: a table that scrolls sideways where it is too wide, also by keyboard, and is saved as CSV and LaTeX.
 *
 * @property table What to show; null for nothing.
 * @property name Of the files that it saves, without ending.
 * @property forms Further forms in which it can be saved, before CSV.
 */
export class GambesonDataTable extends LitElement {
  static override properties = {
    table: { attribute: false },
    name: {},
    forms: { attribute: false },
  };
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
        color: var(--ink);
      }
      .scroll {
        background: var(--paper);
        border: 1px solid var(--grid);
        border-radius: 0.5rem;
        margin-block-end: 0.5rem;
      }
      table {
        min-width: 100%;
        /* Collapsed borders would not move along with headings that stay. */
        border-collapse: separate;
        border-spacing: 0;
      }
      caption span {
        display: block;
        position: sticky;
        inset-inline-start: 0.7rem;
        margin-inline-start: 0.7rem;
        max-width: min(70ch, calc(100cqi - 1.5rem));
      }
      caption b {
        color: var(--ink);
      }
      th,
      td {
        white-space: nowrap;
      }
      thead th {
        vertical-align: bottom;
        white-space: normal;
        min-width: 3.5em;
        max-width: 9em;
        border-block-end: 2px solid var(--ink);
      }
      tbody th {
        font-weight: 600;
      }
      /* As wide as its words, so that it is not broken at a hyphen while there is room. */
      .title {
        display: inline-block;
        width: max-content;
        max-width: 16em;
        white-space: normal;
        overflow-wrap: anywhere;
      }
      .group th {
        border-block-end: 0;
        padding-block-start: 0.8rem;
        max-width: none;
      }
      .group span {
        position: sticky;
        inset-inline-start: 0.45rem;
      }
      .group ~ tr th {
        font-weight: normal;
      }
      .leads th,
      .leads td {
        border-block-end: 0;
        padding-block-end: 0;
      }
      .published th,
      .published td {
        color: var(--muted);
        font-size: 0.9em;
        font-weight: normal;
      }
      sub {
        line-height: 0;
      }
      small {
        color: var(--muted);
        margin-inline-start: 0.4em;
      }
      .heated {
        background: color-mix(in srgb, var(--heat) calc(45% * var(--share)), var(--paper));
      }
      .heated small {
        display: block;
        color: inherit;
        margin: 0;
      }
      .heated.accent {
        --heat: var(--accent);
      }
      .heated.wrong {
        --heat: var(--wrong);
        color: inherit;
      }
      .whole {
        max-width: 20em;
        white-space: normal;
        overflow-wrap: anywhere;
      }
      .whole summary {
        cursor: pointer;
      }
      .note {
        color: var(--muted);
        font-size: 0.9rem;
        max-width: 78ch;
      }
      @container (max-width: 40rem) {
        th,
        td {
          padding-inline: 0.45rem;
        }
        th:first-child {
          position: sticky;
          inset-inline-start: 0;
          z-index: 1;
          background: var(--paper);
          max-width: 9.5em;
        }
        th[scope="rowgroup"] {
          max-width: none;
        }
        .title {
          max-width: 8.5em;
        }
        td:not(.heated) small {
          display: block;
          margin: 0;
        }
      }
      @media print {
        .scroll {
          overflow: visible;
        }
        tr {
          break-inside: avoid;
        }
        table {
          font-size: 0.8em;
        }
      }
    `,
  ];
  declare table: DataTable | null;
  declare name: string;
  declare forms: readonly SavedForm[];

  constructor() {
    super();
    this.table = null;
    this.name = "table";
    this.forms = [];
  }

  override render(): TemplateResult | typeof nothing {
    const { table } = this;
    if (table === null) return nothing;
    const { title, caption, columns, rows, note } = table;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${title}>
        <table>
          <caption>
            <span><b>${title}</b> ${withReferenceSymbol(caption)}</span>
          </caption>
          <thead>
            <tr>
              ${columns.map((column) => html`<th scope="col">${withReferenceSymbol(column)}</th>`)}
            </tr>
          </thead>
          ${groupsOf(rows).map((group) => drawGroup(group, columns.length))}
        </table>
      </div>
      ${note == null ? nothing : html`<p class="note">${withReferenceSymbol(note)}</p>`}
      <gambeson-save-buttons
        .what=${title}
        .name=${this.name}
        .forms=${this.#forms(table)}
      ></gambeson-save-buttons>`;
  }

  #forms({ csv, tex }: DataTable): readonly SavedForm[] {
    return [
      ...this.forms,
      { form: "CSV", ending: "csv", make: () => csvFile(csv()) },
      ...(tex === null
        ? []
        : [{ form: "LaTeX", ending: "tex", make: () => new Blob([tex()], { type: "application/x-tex" }) }]),
    ];
  }
}

/** Rows that follow each other under one heading. */
interface RowGroup {
  readonly title: string | undefined;
  readonly rows: DataTableRow[];
}

function groupsOf(rows: readonly DataTableRow[]): readonly RowGroup[] {
  const groups: RowGroup[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last !== undefined && last.title === row.group) last.rows.push(row);
    else groups.push({ title: row.group, rows: [row] });
  }
  return groups;
}

function drawGroup({ title, rows }: RowGroup, columns: number): TemplateResult {
  return html`<tbody>
    ${
      title === undefined
        ? nothing
        : html`<tr class="group">
            <th scope="rowgroup" colspan=${columns}><span>${title}</span></th>
          </tr>`
    }
    ${rows.map((row, i) => drawRow(row, rows[i + 1]?.kind === "published"))}
  </tbody>`;
}

function drawRow({ title, style, kind, cells }: DataTableRow, leads: boolean): TemplateResult {
  return html`<tr class=${classMap({ leads, published: kind === "published" })}>
    <th scope="row">
      <span class="title">${style === undefined ? nothing : drawKey(style)} ${title}</span>
    </th>
    ${cells.map(drawCell)}
  </tr>`;
}

function drawCell(cell: DataTableCell): TemplateResult {
  if (typeof cell === "string") return html`<td>${cell}</td>`;
  const { text, whole, detail, isWrong = false, heat } = cell;
  const shown = whole === undefined ? text : drawWhole(text, whole);
  const content = html`${shown}${detail === undefined ? nothing : html`<small>${detail}</small>`}`;
  if (heat === undefined) return html`<td class=${classMap({ wrong: isWrong })}>${content}</td>`;
  const [colour, share] = heat;
  // As a property: a content policy may forbid the attribute, which styleMap writes at first.
  return html`<td class="heated ${colour}" .style=${`--share: ${share.toFixed(3)}`}>${content}</td>`;
}

/** A text that is cut, and the whole of it below. */
function drawWhole(text: string, whole: string): TemplateResult {
  return html`<details class="whole">
    <summary>${text}</summary>
    ${whole}
  </details>`;
}

customElements.define("gambeson-data-table", GambesonDataTable);

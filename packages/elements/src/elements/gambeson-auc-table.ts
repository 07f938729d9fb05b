import type { Result } from "@gambeson/contract";
import type { ImageSet } from "@gambeson/report";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import "../tables/gambeson-data-table.ts";
import { themeStyles } from "../theme.ts";
import { aucRows } from "../view-models/auc-rows.ts";

/**
 * `<gambeson-auc-table>`: area under the ROC curve of every class, a column a model, on a set of images.
 *
 * @property result A result.json, parsed.
 * @property images "benign", "transferred" or "own". Default: "transferred".
 */
export class GambesonAucTable extends LitElement {
  static override properties = { result: { attribute: false }, images: {} };
  static override styles = [
    themeStyles,
    css`
      :host {
        display: block;
        color: var(--ink);
      }
    `,
  ];
  declare result: Result | null;
  declare images: ImageSet;

  constructor() {
    super();
    this.result = null;
    this.images = "transferred";
  }

  override render(): TemplateResult | typeof nothing {
    if (this.result === null) return nothing;
    return html`<gambeson-data-table
      name=${`auc-${this.images}`}
      .table=${aucRows(this.result, this.images)}
    ></gambeson-data-table>`;
  }
}

customElements.define("gambeson-auc-table", GambesonAucTable);

import type { Result } from "@gambeson/contract";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import "../tables/gambeson-data-table.ts";
import { robustnessRows } from "../view-models/robustness-rows.ts";

/**
 * `<gambeson-robustness-table>`: accuracy, ρ₂ and accuracy under FGS at the multiples of ε_ref, a row a model; published numbers beneath
 * ours where there are some.
 *
 * @property result A result.json, parsed.
 */
export class GambesonRobustnessTable extends LitElement {
  static override properties = { result: { attribute: false } };
  static override styles = css`
    :host {
      display: block;
    }
  `;
  declare result: Result | null;

  constructor() {
    super();
    this.result = null;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.result === null) return nothing;
    const table = robustnessRows(this.result);
    return html`<gambeson-data-table name="robustness" .table=${table}></gambeson-data-table>`;
  }
}

customElements.define("gambeson-robustness-table", GambesonRobustnessTable);

import type { Result } from "@gambeson/contract";
import { IMAGE_SET_TITLES, IMAGE_SETS, type ImageSet } from "@gambeson/report";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { controlStyles } from "../styles.ts";
import "../tables/gambeson-data-table.ts";
import { themeStyles } from "../theme.ts";
import { aucRows } from "../view-models/auc-rows.ts";
import { drawSelect } from "./draw-select.ts";

/**
 * `<gambeson-auc-table>`: area under the ROC curve of every class, a column a model, on a set of images.
 *
 * @property result A result.json, parsed.
 * @property images "benign", "transferred" or "own". Default: "transferred".
 * @fires images-change `detail` is the set that was chosen.
 */
export class GambesonAucTable extends LitElement {
  static override properties = { result: { attribute: false }, images: {} };
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
        color: var(--ink);
      }
      label {
        margin-block-end: 0.5rem;
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
    const options = IMAGE_SETS.map((set) => ({ value: set, text: IMAGE_SET_TITLES[set] }));
    const select = drawSelect("Images", options, this.images, (images) => {
      this.images = images;
      this.dispatchEvent(new CustomEvent("images-change", { detail: images }));
    });
    return html`${select}<gambeson-data-table
        name=${`auc-${this.images}`}
        .table=${aucRows(this.result, this.images)}
      ></gambeson-data-table>`;
  }
}

customElements.define("gambeson-auc-table", GambesonAucTable);

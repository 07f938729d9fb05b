import type { Result } from "@gambeson/contract";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { pngFile, svgFile } from "../charts/save-file.ts";
import { controlStyles } from "../styles.ts";
import "../tables/gambeson-data-table.ts";
import { themeStyles } from "../theme.ts";
import { confusionMatrix, confusionTable } from "../view-models/confusion-matrix.ts";
import { modelOptions } from "../view-models/model-options.ts";
import { drawConfusionMatrix } from "./draw-confusion-matrix.ts";
import { drawSelect } from "./draw-select.ts";

/**
 * `<gambeson-confusion-matrix>`: how many images of each class a model takes for which. Saves SVG, PNG, CSV and LaTeX.
 *
 * @property result A result.json, parsed.
 * @property model Id of the model. Default: the first.
 * @fires model-change `detail` is the id that was chosen.
 */
export class GambesonConfusionMatrix extends LitElement {
  static override properties = { result: { attribute: false }, model: {} };
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
      gambeson-data-table {
        font-size: 0.85rem;
      }
    `,
  ];
  declare result: Result | null;
  declare model: string | null;

  constructor() {
    super();
    this.result = null;
    this.model = null;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.result === null) return nothing;
    const matrix = confusionMatrix(this.result, this.model);
    const select = drawSelect("Model", modelOptions(this.result), matrix.model, (model) => {
      this.model = model;
      this.dispatchEvent(new CustomEvent("model-change", { detail: model }));
    });
    const forms = [
      { form: "SVG", ending: "svg", make: () => svgFile(drawConfusionMatrix(matrix)) },
      { form: "PNG", ending: "png", make: () => pngFile(drawConfusionMatrix(matrix)) },
    ];
    return html`${select}<gambeson-data-table
        name=${`confusion-${matrix.model}`}
        .table=${confusionTable(this.result, matrix)}
        .forms=${forms}
      ></gambeson-data-table>`;
  }
}

customElements.define("gambeson-confusion-matrix", GambesonConfusionMatrix);

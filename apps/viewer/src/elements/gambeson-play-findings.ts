import "@gambeson/elements";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { MOST_EPSILON } from "../view-models/play-epsilons.ts";
import type { PlayModelView } from "../view-models/play-model-views.ts";
import type { PlayOverview } from "../view-models/play-overview.ts";
import "./gambeson-play-model.ts";

/**
 * Every model side by side under one attack, what one sees in a sentence, and how it came about in a chart.
 *
 * @property overview The sentence and the chart.
 * @property views The models at the epsilon or step in question.
 * @property columns Width of the image in pixels.
 * @property epsilon FGS's, at which the chart's upright line stands; null for none.
 * @property step DeepFool's; null under FGS.
 * @property amplify How many times larger what was added is shown.
 * @fires epsilon-change When the chart's upright line is dragged; `detail` is the epsilon.
 */
export class GambesonPlayFindings extends LitElement {
  static override properties = {
    overview: { attribute: false },
    views: { attribute: false },
    columns: { type: Number },
    epsilon: { attribute: false },
    step: { attribute: false },
    amplify: { type: Number },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .sentence {
        font-size: 1.1rem;
        font-weight: 600;
      }
      .models {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 13.5rem), 1fr));
        column-gap: 0.75rem;
        container-type: inline-size;
      }
      .chart {
        max-width: 46rem;
      }
    `,
  ];
  declare overview: PlayOverview | null;
  declare views: readonly PlayModelView[];
  declare columns: number;
  declare epsilon: number | null;
  declare step: number | null;
  declare amplify: number;

  constructor() {
    super();
    this.overview = null;
    this.views = [];
    this.columns = 1;
    this.epsilon = null;
    this.step = null;
    this.amplify = 1;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.overview === null) return nothing;
    const { sentence, heading, chart, name, csv } = this.overview;
    const { epsilon } = this;
    return html`<p class="sentence">${sentence}</p>
      <h2>Models side by side</h2>
      <div class="models">
        ${this.views.map(
          (view) =>
            html`<gambeson-play-model
              .view=${view}
              .columns=${this.columns}
              .amplify=${this.amplify}
              .step=${this.step}
            ></gambeson-play-model>`,
        )}
      </div>
      <p class="quiet">
        Added: grey is no change, yellow is brighter, blue is darker. Below it the classes around the image,
        on one scale for all models: circles are DeepFool’s steps, to the right; dashes lead where FGS goes,
        with a diamond at its ε where that lies on the map. Below the map how likely each class is: ✓
        predicted and right, ✗ predicted, ○ the true class.
      </p>
      <h2>${heading}</h2>
      <div class="chart">
        <gambeson-line-chart
          .chart=${chart}
          .name=${name}
          .csv=${csv}
          .cursor=${epsilon === null ? null : Math.min(epsilon, MOST_EPSILON)}
          @cursor-change=${({ detail }: CustomEvent<number>) => {
            this.dispatchEvent(new CustomEvent("epsilon-change", { detail }));
          }}
        ></gambeson-line-chart>
      </div>`;
  }
}

customElements.define("gambeson-play-findings", GambesonPlayFindings);

import "@gambeson/elements";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { deepFoolChart, fgsChart, playCsv, type PlayLine } from "../view-models/play-charts.ts";
import type { PlayAttack } from "../view-models/play-choice.ts";
import { EPSILONS, MOST_EPSILON, type EpsilonMark } from "../view-models/play-epsilons.ts";
import type { PlayFindings, PlayModelView } from "../view-models/play-model-views.ts";
import { deepFoolSentence, fallOf, fgsSentence } from "../view-models/play-sentence.ts";
import "./gambeson-play-model.ts";

/** The chart shows every so manieth epsilon: 61 points are enough to go through by key. */
const CHART_EVERY = 5;

/**
 * Every model side by side under one attack, what one sees in a sentence, and how it came about in a chart.
 *
 * @property findings What is known of the image.
 * @property views The models at the epsilon or step in question.
 * @property attack Which attack.
 * @property epsilon FGS's.
 * @property marks Epsilons that the report tells of.
 * @property step DeepFool's; null under FGS.
 * @property gain How much perturbations are amplified.
 * @fires epsilon-change When the chart's upright line is dragged; `detail` is the epsilon.
 */
export class GambesonPlayFindings extends LitElement {
  static override properties = {
    findings: { attribute: false },
    views: { attribute: false },
    attack: {},
    epsilon: { type: Number },
    marks: { attribute: false },
    step: { attribute: false },
    gain: { type: Number },
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
        gap: 0.75rem;
      }
      .chart {
        max-width: 46rem;
      }
    `,
  ];
  declare findings: PlayFindings | null;
  declare views: readonly PlayModelView[];
  declare attack: PlayAttack;
  declare epsilon: number;
  declare marks: readonly EpsilonMark[];
  declare step: number | null;
  declare gain: number;

  constructor() {
    super();
    this.findings = null;
    this.views = [];
    this.attack = "fgs";
    this.epsilon = 0;
    this.marks = [];
    this.step = null;
    this.gain = 1;
  }

  override render(): TemplateResult | typeof nothing {
    const { findings } = this;
    if (findings === null) return nothing;
    const isFgs = this.attack === "fgs";
    return html`<p class="sentence">${isFgs ? fgsWords(findings) : deepFoolWords(findings)}</p>
      <h2>Models side by side</h2>
      <div class="models">
        ${this.views.map(
          (view) =>
            html`<gambeson-play-model
              .view=${view}
              .columns=${findings.columns}
              .gain=${this.gain}
              .step=${this.step}
            ></gambeson-play-model>`,
        )}
      </div>
      <p class="quiet">
        Added: grey is no change, lighter is brighter, darker is darker. Below it the classes around the
        image, on one scale for all models: circles are DeepFool’s steps, to the right; dashes lead where FGS
        goes, with a diamond at its ε.
      </p>
      <h2>${isFgs ? "Probability of the true class" : "How far DeepFool went"}</h2>
      <div class="chart">${isFgs ? this.#renderFgs(findings) : this.#renderDeepFool(findings)}</div>`;
  }

  #renderFgs(findings: PlayFindings): TemplateResult {
    const lines = linesOf(findings, ({ curves }, index) =>
      Array.from(EPSILONS, (epsilon, at) => [epsilon, curves[index]!.probability[at]!] as const).filter(
        (_, at) => at % CHART_EVERY === 0,
      ),
    );
    const references = this.marks.map(({ epsilon, label }) => ({ x: epsilon, label }));
    return html`<gambeson-line-chart
      .chart=${fgsChart(lines, MOST_EPSILON, references)}
      .name=${"true-class-under-fgs"}
      .csv=${playCsv(lines, ["epsilon", "probability"])}
      .cursor=${Math.min(this.epsilon, MOST_EPSILON)}
      @cursor-change=${({ detail }: CustomEvent<number>) => {
        this.dispatchEvent(new CustomEvent("epsilon-change", { detail }));
      }}
    ></gambeson-line-chart>`;
  }

  #renderDeepFool(findings: PlayFindings): TemplateResult {
    const lines = linesOf(findings, ({ trails }, index) =>
      trails[index]!.states.map(({ rho }, step) => [step, rho ?? 0] as const),
    );
    return html`<gambeson-line-chart
      .chart=${deepFoolChart(lines)}
      .name=${"deepfool-steps"}
      .csv=${playCsv(lines, ["step", "rho"])}
      .cursor=${null}
    ></gambeson-line-chart>`;
  }
}

function linesOf(
  findings: PlayFindings,
  pointsOf: (findings: PlayFindings, index: number) => PlayLine["points"],
): readonly PlayLine[] {
  return findings.models.map(({ id, label }, index) => ({ id, label, points: pointsOf(findings, index) }));
}

function fgsWords({ models, curves, label }: PlayFindings): string {
  const falls = models.map((model, index) => fallOf(model.label, curves[index]!.predicted, EPSILONS, label));
  return fgsSentence(falls, MOST_EPSILON);
}

function deepFoolWords({ models, trails }: PlayFindings): string {
  return deepFoolSentence(
    models.map(({ label }, index) => {
      const { states, fooled } = trails[index]!;
      return { label, rho: states.at(-1)!.rho, fooled };
    }),
  );
}

customElements.define("gambeson-play-findings", GambesonPlayFindings);

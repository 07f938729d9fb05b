import type { Result } from "@gambeson/contract";
import {
  captionsOf,
  datasetWarning,
  headline,
  pageTitle,
  resultFacts,
  type Caption,
  type Captions,
  type ImageSet,
} from "@gambeson/report";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { controlStyles } from "../styles.ts";
import { withReferenceSymbol } from "../tables/reference-symbol.ts";
import { themeStyles } from "../theme.ts";
import { imageGridOf, type ImageGridItem } from "../view-models/image-grid.ts";
import { modelOptions } from "../view-models/model-options.ts";
import { AMPLIFY } from "../view-models/picture-bytes.ts";
import { firstRocClass } from "../view-models/roc-curves.ts";
import { drawSelect } from "./draw-select.ts";
import "./gambeson-accuracy-curve.ts";
import "./gambeson-auc-table.ts";
import "./gambeson-confusion-matrix.ts";
import "./gambeson-diagnostics.ts";
import "./gambeson-image-grid.ts";
import "./gambeson-methods.ts";
import "./gambeson-rho2-bars.ts";
import "./gambeson-robustness-table.ts";
import "./gambeson-roc-curve.ts";
import "./gambeson-training-curves.ts";
import type { ReportView } from "./report-view.ts";

/** One and the same, so that elements see that nothing changed. */
const NONE_HIDDEN: readonly string[] = [];

interface Section {
  readonly title: string;
  readonly draw: (result: Result, captions: Captions) => TemplateResult;
}

/** What was decoded last. */
interface Pictures {
  readonly result: Result;
  readonly model: string;
  readonly items: readonly ImageGridItem[];
}

/** The detail of an element's own event. */
type Told<T> = CustomEvent<T>;

/**
 * `<gambeson-report>`: all that a result says: every table and figure, pictures, diagnostics and methods.
 *
 * @property result A result.json, parsed.
 * @property view What the reader has chosen, so that a page can keep it, in its address for example.
 * @slot title Stands in place of the title, an h2: where the page has said it.
 * @slot images Stands in place of the result's own pictures.
 * @fires view-change `detail` is the changed part of the view.
 */
export class GambesonReport extends LitElement {
  static override properties = { result: { attribute: false }, view: { attribute: false } };
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        color: var(--ink);
      }
      .facts,
      .caption {
        color: var(--muted);
      }
      .lead {
        font-size: 1.1rem;
        max-width: 65ch;
      }
      .caption {
        max-width: 78ch;
        font-size: 0.92rem;
      }
      .caption b {
        color: var(--ink);
      }
      sub {
        line-height: 0;
      }
      .warning {
        border: 3px solid var(--wrong);
        border-radius: 0.5rem;
        padding: 0.8rem 1rem;
        font-weight: 600;
        background: color-mix(in srgb, var(--wrong) 10%, var(--paper));
        overflow-wrap: anywhere;
      }
      .warning strong {
        display: block;
        font-size: 1.25rem;
        text-transform: uppercase;
      }
      nav {
        gap: 0.35rem;
        padding-block: 0.5rem;
        border-block: 1px solid var(--grid);
        background: var(--page);
        z-index: 2;
      }
      @media (min-width: 60rem) and (min-height: 30rem) {
        nav {
          position: sticky;
          inset-block-start: 0;
        }
      }
      section {
        margin-block-start: 2.5rem;
      }
      label.row {
        margin-block: 0.5rem;
      }
      section > * + * {
        margin-block-start: 1.25rem;
      }
      section h3 {
        font-size: 1.3rem;
        margin: 0 0 0.5rem;
        scroll-margin-block-start: 4rem;
      }
      h2 {
        font-size: clamp(1.3rem, 3.5vw, 1.7rem);
        margin: 1rem 0 0.3rem;
      }
      @media print {
        nav.row {
          display: none;
        }
        h2,
        h3 {
          break-after: avoid;
        }
      }
    `,
  ];
  declare result: Result | null;
  declare view: ReportView;
  #pictures: Pictures | null = null;
  #captions: Captions | null = null;

  constructor() {
    super();
    this.result = null;
    this.view = {};
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.result !== null && changed.has("result")) this.#captions = captionsOf(this.result);
  }

  override render(): TemplateResult | typeof nothing {
    const { result } = this;
    const captions = this.#captions;
    if (result === null || captions === null) return nothing;
    return html`${drawHeader(result)}
      <nav class="row" aria-label="Sections of the report">
        ${this.#sections.map(
          ({ title }) =>
            html`<button
              @click=${() => {
                this.#change({ section: idOf(title) });
                this.#goTo(idOf(title));
              }}
            >
              ${title}
            </button>`,
        )}
      </nav>
      ${this.#sections.map(
        ({ title, draw }) =>
          html`<section aria-labelledby=${idOf(title)}>
            <h3 id=${idOf(title)} tabindex="-1">${title}</h3>
            ${draw(result, captions)}
          </section>`,
      )}`;
  }

  /** In the order of the report's page. */
  readonly #sections: readonly Section[] = [
    { title: "Results", draw: (result, captions) => this.#drawResults(result, captions) },
    {
      title: "Robustness",
      draw: (result, { rho2 }) =>
        html`${drawCaption(rho2)}<gambeson-rho2-bars .result=${result}></gambeson-rho2-bars>`,
    },
    { title: "Pictures", draw: (result, { samples }) => this.#drawPictures(result, samples) },
    { title: "ROC", draw: (result, captions) => this.#drawRoc(result, captions) },
    {
      title: "Training",
      draw: (result, { training }) =>
        html`${drawCaption(training)}
          <gambeson-training-curves
            .result=${result}
            .hiddenLines=${this.view.hidden ?? NONE_HIDDEN}
            @hidden-lines-change=${this.#onHidden}
          ></gambeson-training-curves>`,
    },
    {
      title: "Confusion",
      draw: (result) =>
        html`<gambeson-confusion-matrix
          .result=${result}
          .model=${this.view.model ?? null}
          @model-change=${({ detail }: Told<string>) => {
            this.#change({ model: detail });
          }}
        ></gambeson-confusion-matrix>`,
    },
    {
      title: "Diagnostics",
      draw: (result) => html`<gambeson-diagnostics .result=${result}></gambeson-diagnostics>`,
    },
    {
      title: "Methods",
      draw: (result) => html`<gambeson-methods .result=${result}></gambeson-methods>`,
    },
  ];

  #drawResults(result: Result, { accuracy }: Captions): TemplateResult {
    return html`${drawCaption(accuracy)}
      <gambeson-accuracy-curve
        .result=${result}
        .epsilon=${this.view.epsilon ?? null}
        .hiddenLines=${this.view.hidden ?? NONE_HIDDEN}
        @epsilon-change=${({ detail }: Told<number>) => {
          this.#change({ epsilon: detail });
        }}
        @hidden-lines-change=${this.#onHidden}
      ></gambeson-accuracy-curve>
      <gambeson-robustness-table .result=${result}></gambeson-robustness-table>`;
  }

  #drawPictures(result: Result, samples: Caption): TemplateResult {
    const { model, amplify, difference = true } = this.view;
    const options = modelOptions(result);
    const chosen = options.find(({ value }) => value === model) ?? options[0]!;
    if (this.querySelector(':scope > [slot="images"]') !== null) {
      return html`<slot name="images" @slotchange=${this.#onSlot}></slot>`;
    }
    return html`<slot name="images" @slotchange=${this.#onSlot}>
      ${drawCaption(samples)}
      ${drawSelect("Model", options, chosen.value, (value) => {
        this.#change({ model: value });
      })}
      <gambeson-image-grid
        name=${`images-${chosen.value}`}
        .items=${this.#itemsOf(result, chosen.value)}
        .classNames=${result.dataset.classNames}
        .amplify=${amplify ?? AMPLIFY.usual}
        .hasDifference=${difference}
        @amplify-change=${({ detail }: Told<number>) => {
          this.#change({ amplify: detail });
        }}
        @difference-change=${({ detail }: Told<boolean>) => {
          this.#change({ difference: detail });
        }}
      ></gambeson-image-grid>
    </slot>`;
  }

  /** Decoded once for a result and a model. */
  #itemsOf(result: Result, model: string): readonly ImageGridItem[] {
    if (this.#pictures?.result !== result || this.#pictures.model !== model) {
      this.#pictures = { result, model, items: imageGridOf(result, { model }) };
    }
    return this.#pictures.items;
  }

  /** The page has brought its own pictures, or has taken them away. */
  readonly #onSlot = (): void => {
    this.requestUpdate();
  };

  #drawRoc(result: Result, { roc }: Captions): TemplateResult {
    const { images = "transferred", zoom = false, all = false } = this.view;
    const { class: wanted = -1 } = this.view;
    const k = result.dataset.classNames[wanted] === undefined ? firstRocClass(result) : wanted;
    return html`${drawCaption(roc(k))}
      <gambeson-roc-curve
        .result=${result}
        .classIndex=${k}
        .images=${images}
        .isZoomed=${zoom}
        .hasAll=${all}
        .hiddenLines=${this.view.hidden ?? NONE_HIDDEN}
        @class-change=${({ detail }: Told<number>) => {
          this.#change({ class: detail });
        }}
        @images-change=${({ detail }: Told<ImageSet>) => {
          this.#change({ images: detail });
        }}
        @zoom-change=${({ detail }: Told<boolean>) => {
          this.#change({ zoom: detail });
        }}
        @all-change=${({ detail }: Told<boolean>) => {
          this.#change({ all: detail });
        }}
        @hidden-lines-change=${this.#onHidden}
        ><gambeson-auc-table .result=${result} .images=${images}></gambeson-auc-table
      ></gambeson-roc-curve>`;
  }

  readonly #onHidden = ({ detail }: Told<readonly string[]>): void => {
    this.#change({ hidden: detail });
  };

  #change(changes: ReportView): void {
    this.view = { ...this.view, ...changes };
    this.dispatchEvent(new CustomEvent("view-change", { detail: changes }));
  }

  #goTo(section: string): void {
    const heading = this.renderRoot.querySelector<HTMLElement>(`#${section}`);
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    heading?.scrollIntoView({ behavior: isCalm ? "instant" : "smooth" });
    heading?.focus({ preventScroll: true });
  }
}

function idOf(title: string): string {
  return title.toLowerCase();
}

function drawCaption({ title, text }: Caption): TemplateResult {
  return html`<p class="caption"><b>${title}</b> ${withReferenceSymbol(text)}</p>`;
}

function drawHeader(result: Result): TemplateResult {
  const warning = datasetWarning(result);
  return html`${
      warning === null
        ? nothing
        : html`<div class="warning" role="alert"><strong>${warning.title}</strong>${warning.text}</div>`
    }
    <slot name="title">
      <h2>${pageTitle(result)}</h2>
      <p class="facts">${resultFacts(result).join(" · ")}</p>
    </slot>
    <p class="lead">${headline(result)}</p>`;
}

customElements.define("gambeson-report", GambesonReport);

import { drawKey } from "@gambeson/elements";
import { differenceBytes, greyBytes } from "@gambeson/elements/picture-bytes";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { PlayBar } from "../view-models/play-bars.ts";
import type { PlayModelView } from "../view-models/play-model-views.ts";
import "./gambeson-play-map.ts";
import "./gambeson-play-picture.ts";

/** Classes less likely are left out where room is scarce. */
const LEAST_LIKELY = 0.01;

/**
 * One model: the image attacked on it, what the attack added, and what the model makes of it.
 *
 * @property view What to draw.
 * @property columns Width of the image in pixels.
 * @property amplify How many times larger what was added is shown.
 * @property step DeepFool's step that is shown; null for its end.
 */
export class GambesonPlayModel extends LitElement {
  static override properties = {
    view: { attribute: false },
    columns: { type: Number },
    amplify: { type: Number },
    step: { attribute: false },
  };
  static override styles = [
    controlStyles,
    css`
      /* Each row of a card is as high as its neighbours'. */
      :host,
      article {
        display: grid;
        grid-template: subgrid / minmax(0, 1fr);
        grid-row: span 6;
      }
      :host {
        color: var(--ink);
        min-width: 0;
        margin-block-end: 0.75rem;
      }
      article.panel {
        padding-inline: 0.6rem;
      }
      h3 {
        margin: 0 0 0.25rem;
      }
      .verdict {
        font-weight: 600;
        margin: 0 0 0.5rem;
      }
      .verdict.holds::before {
        content: "✓ " / "";
      }
      .verdict:not(.holds) {
        color: var(--wrong);
      }
      .verdict:not(.holds)::before {
        content: "✗ " / "";
      }
      .pictures {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 0.5rem;
      }
      figure {
        margin: 0;
      }
      figcaption,
      .facts,
      li {
        font-size: 0.85rem;
      }
      .facts {
        margin: 0.5rem 0;
        font-variant-numeric: tabular-nums;
      }
      .facts span {
        display: block;
      }
      ul {
        grid-row: 6;
        list-style: none;
        margin: 0.75rem 0 0;
        padding: 0;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        column-gap: 0.5rem;
        padding-block: 0.1rem;
        font-variant-numeric: tabular-nums;
      }
      li .share {
        text-align: end;
      }
      .track {
        grid-column: 1 / -1;
        width: 100%;
        height: 5px;
        background: var(--grid);
      }
      .bar {
        fill: var(--muted);
      }
      .predicted {
        font-weight: 600;
      }
      .name {
        overflow-wrap: anywhere;
      }
      .predicted .bar {
        fill: var(--accent);
      }
      /* One model above the other, as on a phone: less of each. */
      @container (max-width: 27.7rem) {
        .pictures {
          grid-template-columns: 7rem 7rem;
        }
        .unlikely {
          display: none;
        }
      }
      @media (forced-colors: active) {
        .track {
          background: Canvas;
          border: 1px solid CanvasText;
        }
        .predicted .bar {
          fill: Highlight;
        }
      }
    `,
  ];
  declare view: PlayModelView | null;
  declare columns: number;
  declare amplify: number;
  declare step: number | null;

  constructor() {
    super();
    this.view = null;
    this.columns = 1;
    this.amplify = 1;
    this.step = null;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.view === null) return nothing;
    const { label, style, verdict, facts, bars } = this.view;
    return html`<article class="panel">
      <h3>${drawKey(style)} ${label}</h3>
      <p class="verdict ${verdict.kind}">${verdict.text}</p>
      ${this.#renderPictures(this.view)}
      <p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>
      ${this.#renderMap(this.view)}
      <ul aria-label=${`Probabilities, ${label}`}>
        ${bars.map(drawBar)}
      </ul>
    </article>`;
  }

  #renderPictures({ label, before, after }: PlayModelView): TemplateResult {
    return html`<div class="pictures">
      <figure>
        <gambeson-play-picture
          .rgba=${greyBytes(after)}
          .columns=${this.columns}
          .label=${`Attacked image, ${label}`}
        ></gambeson-play-picture>
        <figcaption class="quiet">attacked</figcaption>
      </figure>
      <figure>
        <gambeson-play-picture
          .rgba=${differenceBytes(before, after, this.amplify)}
          .columns=${this.columns}
          .label=${`What the attack added, ${label}, ${this.amplify} times`}
        ></gambeson-play-picture>
        <figcaption class="quiet">added, × ${this.amplify}</figcaption>
      </figure>
    </div>`;
  }

  #renderMap({ map, label, id }: PlayModelView): TemplateResult | typeof nothing {
    if (map === undefined) return nothing;
    if (map === null) return html`<p class="quiet">No boundary to map: an attack cannot move this image.</p>`;
    return html`<gambeson-play-map
      .map=${map}
      .step=${this.step}
      .model=${label}
      .name=${`boundary-map-${id}`}
    ></gambeson-play-map>`;
  }
}

function drawBar({ name, share, text, isTrue, isPredicted }: PlayBar): TemplateResult {
  const mark = markOf(isTrue, isPredicted);
  const isUnlikely = share < LEAST_LIKELY && mark === null;
  return html`<li class=${isPredicted ? "predicted" : isUnlikely ? "unlikely" : ""}>
    <span class="name"
      >${mark === null ? nothing : html`<span role="img" aria-label=${mark.words} title=${mark.words}>${mark.sign}</span> `}${name}</span
    >
    <span class="share">${text}</span>
    <svg class="track" aria-hidden="true"><rect class="bar" width="${100 * share}%" height="100%" /></svg>
  </li>`;
}

/** What stands before a class' name: a word would push it into a second line. */
function markOf(
  isTrue: boolean,
  isPredicted: boolean,
): { readonly sign: string; readonly words: string } | null {
  if (isPredicted)
    return isTrue ? { sign: "✓", words: "predicted, and right" } : { sign: "✗", words: "predicted" };
  return isTrue ? { sign: "○", words: "true class" } : null;
}

customElements.define("gambeson-play-model", GambesonPlayModel);

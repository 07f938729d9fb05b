import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { ref } from "lit/directives/ref.js";
import "../charts/gambeson-save-buttons.ts";
import type { SavedForm } from "../charts/gambeson-save-buttons.ts";
import { csvFile, pngFile, svgFile } from "../charts/save-file.ts";
import { numberText } from "../numbers.ts";
import { controlStyles } from "../styles.ts";
import { themeStyles } from "../theme.ts";
import {
  imageGridCsv,
  itemTitle,
  spokenView,
  viewWords,
  type ImageGridItem,
  type ImageView,
} from "../view-models/image-grid.ts";
import { AMPLIFY, differenceBytes, greyBytes } from "../view-models/picture-bytes.ts";
import { drawImageGrid } from "./draw-image-grid.ts";
import { drawPixels } from "./draw-pixels.ts";

/**
 * `<gambeson-image-grid>`: test images side by side with what attacks made of them; under each picture the predicted class, its
 * probability and, in words, whether it is wrong. The difference can be shown, made larger by a slider. Saves SVG, PNG and CSV.
 *
 * @property items The images; `imageGridOf(result, ...)` makes them of a result.
 * @property classNames Names of the classes, by number.
 * @property amplify How many times larger the difference is drawn, 1 to 50. Default: 10.
 * @property hasDifference Whether the difference is shown.
 * @property name Of the files that it saves, without ending.
 * @fires amplify-change `detail` is the factor.
 * @fires difference-change `detail` is whether the difference is shown.
 */
export class GambesonImageGrid extends LitElement {
  static override properties = {
    items: { attribute: false },
    classNames: { attribute: false },
    amplify: { type: Number },
    hasDifference: { type: Boolean, attribute: "difference" },
    name: {},
  };
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
        color: var(--ink);
      }
      .row label {
        display: inline-flex;
        align-items: center;
        gap: 0.4rem;
      }
      .key {
        color: var(--muted);
        font-size: 0.9rem;
        margin: 0.25rem 0;
      }
      .swatch {
        display: inline-block;
        width: 0.9em;
        height: 0.9em;
        vertical-align: -0.1em;
        border: 1px solid var(--muted);
        forced-color-adjust: none;
        print-color-adjust: exact;
      }
      .darker {
        background: rgb(0 45 115);
      }
      .same {
        background: rgb(128 128 128);
      }
      .brighter {
        background: rgb(255 214 107);
      }
      .items {
        list-style: none;
        margin: 0.75rem 0;
        padding: 0;
        display: grid;
        gap: 0.75rem;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 21.5rem), 1fr));
      }
      .item {
        border: 1px solid var(--grid);
        border-radius: 0.5rem;
        padding: 0.6rem;
        background: var(--paper);
        break-inside: avoid;
        min-width: 0;
      }
      .title {
        margin: 0 0 0.4rem;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .views {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(0, 1fr);
        grid-template-rows: repeat(3, auto);
        gap: 0.35rem 0.5rem;
      }
      figure {
        margin: 0;
        display: grid;
        grid-row: span 3;
        grid-template-rows: subgrid;
        align-content: start;
        font-size: 0.82rem;
        line-height: 1.35;
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
      canvas {
        display: block;
        align-self: start;
        max-width: 100%;
        image-rendering: pixelated;
        outline: 1px solid var(--grid);
        forced-color-adjust: none;
      }
      .missed canvas.seen {
        outline: 3px solid var(--wrong);
      }
      figcaption span {
        display: block;
      }
      .verdict {
        font-weight: 600;
      }
      @media print {
        .controls {
          display: none;
        }
      }
    `,
  ];
  declare items: readonly ImageGridItem[];
  declare classNames: readonly string[];
  declare amplify: number;
  declare hasDifference: boolean;
  declare name: string;

  constructor() {
    super();
    this.items = [];
    this.classNames = [];
    this.amplify = AMPLIFY.usual;
    this.hasDifference = false;
    this.name = "images";
  }

  override render(): TemplateResult | typeof nothing {
    if (this.items.length === 0) return html`<p>There are no images here.</p>`;
    return html`${this.#renderControls()}
      <ul class="items" role="list">
        ${this.items.map((item) => this.#renderItem(item))}
      </ul>
      <gambeson-save-buttons
        what="Images"
        .name=${this.name}
        .forms=${this.#forms()}
      ></gambeson-save-buttons>`;
  }

  #renderControls(): TemplateResult {
    return html`<div class="row controls">
        <label
          ><input
            type="checkbox"
            .checked=${this.hasDifference}
            @change=${(event: Event) => {
              this.hasDifference = (event.target as HTMLInputElement).checked;
              this.dispatchEvent(new CustomEvent("difference-change", { detail: this.hasDifference }));
            }}
          />Show what the attack changed</label
        >
        ${
          this.hasDifference
            ? html`<label
                ><span>made larger, × ${numberText(this.amplify)}</span
                ><input
                  type="range"
                  min=${AMPLIFY.least}
                  max=${AMPLIFY.most}
                  .value=${String(this.amplify)}
                  aria-label="How many times larger the difference is shown"
                  aria-valuetext=${`${numberText(this.amplify)} times`}
                  @input=${(event: Event) => {
                    this.amplify = Number((event.target as HTMLInputElement).value);
                    this.dispatchEvent(new CustomEvent("amplify-change", { detail: this.amplify }));
                  }}
              /></label>`
            : nothing
        }
      </div>
      ${this.hasDifference ? drawKeyOfDifference() : nothing}`;
  }

  #renderItem(item: ImageGridItem): TemplateResult {
    return html`<li class="item">
      <p class="title">${itemTitle(item, this.classNames)}</p>
      <div class="views">${item.views.map((view) => this.#renderView(item, view))}</div>
    </li>`;
  }

  #renderView(item: ImageGridItem, view: ImageView): TemplateResult {
    const words = viewWords(item, view, this.classNames);
    return html`<figure class=${classMap({ missed: words.isWrong })}>
      <canvas
        class="seen"
        role="img"
        aria-label=${spokenView(item, view, this.classNames)}
        ${ref(drawing(greyBytes(view.pixels), item))}
      ></canvas>
      <figcaption aria-hidden="true">
        <span>${words.name}</span><span>${words.guess}</span>
        <span class=${classMap({ verdict: true, wrong: words.isWrong })}
          >${words.verdict === "" ? "" : `${words.isWrong ? "✗" : "✓"} ${words.verdict}`}</span
        >
        <span>${words.size}</span>
      </figcaption>
      ${this.#renderDifference(item, view)}
    </figure>`;
  }

  #renderDifference(item: ImageGridItem, view: ImageView): TemplateResult | typeof nothing {
    const [original] = item.views;
    if (!this.hasDifference || original === undefined || view === original) return nothing;
    const bytes = differenceBytes(original.pixels, view.pixels, this.amplify);
    return html`<canvas
      class="difference"
      role="img"
      aria-label=${`No. ${item.index}: what ${view.name} changed, ${this.amplify} times as large`}
      ${ref(drawing(bytes, item))}
    ></canvas>`;
  }

  #forms(): readonly SavedForm[] {
    const look = {
      classNames: this.classNames,
      amplify: this.hasDifference ? this.amplify : null,
    };
    const drawing = () => drawImageGrid(this.items, look);
    return [
      { form: "SVG", ending: "svg", make: () => svgFile(drawing()) },
      { form: "PNG", ending: "png", make: () => pngFile(drawing()) },
      { form: "CSV", ending: "csv", make: () => csvFile(imageGridCsv(this.items, this.classNames)) },
    ];
  }
}

function drawing(bytes: Uint8ClampedArray<ArrayBuffer>, size: ImageGridItem): (canvas?: Element) => void {
  return (canvas) => {
    if (canvas instanceof HTMLCanvasElement) drawPixels(canvas, bytes, size);
  };
}

function drawKeyOfDifference(): TemplateResult {
  return html`<p class="key">
    <span class="swatch darker"></span> darker than it was · <span class="swatch same"></span> no change ·
    <span class="swatch brighter"></span> brighter than it was
  </p>`;
}

customElements.define("gambeson-image-grid", GambesonImageGrid);

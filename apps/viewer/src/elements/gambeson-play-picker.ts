import { numberText } from "@gambeson/elements/numbers";
import { greyBytes } from "@gambeson/elements/picture-bytes";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { PlayGallery } from "../view-models/play-gallery.ts";
import "./gambeson-play-gallery.ts";
import "./gambeson-play-picture.ts";

/** One image of the test set. */
export interface PickedImage {
  readonly pixels: Float32Array;
  readonly index: number;
  readonly className: string;
}

/**
 * Picks an image of the test set.
 *
 * @property picked The one that is shown; null while it is loaded.
 * @property index Its position, or that of the one that is wanted.
 * @property count Size of the test set.
 * @property columns Width of the images in pixels.
 * @property gallery What can be picked without the server; null while it is not known.
 * @property trouble Why the one that is wanted could not be loaded, a sentence; "" where nothing went wrong.
 * @fires pick `detail` is a position.
 * @fires retry When the reader wants to try again.
 */
export class GambesonPlayPicker extends LitElement {
  static override properties = {
    picked: { attribute: false },
    index: { type: Number },
    count: { type: Number },
    columns: { type: Number },
    gallery: { attribute: false },
    trouble: {},
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .test {
        display: grid;
        grid-template-columns: 9rem minmax(0, 1fr);
        gap: 1rem;
      }
      .test > * {
        min-width: 0;
      }
      .test p {
        margin-block-start: 0;
      }
      input {
        width: 7rem;
      }
      @media (max-width: 40rem) {
        .test {
          grid-template-columns: 6rem minmax(0, 1fr);
        }
      }
    `,
  ];
  declare picked: PickedImage | null;
  declare index: number;
  declare count: number;
  declare columns: number;
  declare gallery: PlayGallery | null;
  declare trouble: string;

  constructor() {
    super();
    this.picked = null;
    this.index = 0;
    this.count = 0;
    this.columns = 1;
    this.gallery = null;
    this.trouble = "";
  }

  override render(): TemplateResult {
    const { picked, gallery } = this;
    return html`<div class="test">
        ${
          picked === null
            ? html`<div></div>`
            : html`<gambeson-play-picture
                .rgba=${greyBytes(picked.pixels)}
                .columns=${this.columns}
                .label=${`Test image ${numberText(picked.index)}: ${picked.className}`}
              ></gambeson-play-picture>`
        }
        <div>
          <p>
            ${picked === null ? (this.trouble === "" ? "Loading the image…" : nothing) : html`<b>${picked.className}</b>, test image ${numberText(picked.index)} of ${numberText(this.count)}`}
          </p>
          ${this.#renderWays()} ${this.trouble === "" ? nothing : this.#renderTrouble()}
        </div>
      </div>
      ${gallery === null ? nothing : this.#renderGallery(gallery)}
      <p class="quiet">
        These, and every image that was shown before, work without the server; others come from it.
      </p>`;
  }

  #renderGallery({ images, names, indices }: PlayGallery): TemplateResult {
    return html`<gambeson-play-gallery
      .images=${images}
      .columns=${this.columns}
      .names=${names}
      .chosen=${indices.indexOf(this.index)}
      @choose=${({ detail }: CustomEvent<number>) => {
        this.#pick(indices[detail]!);
      }}
    ></gambeson-play-gallery>`;
  }

  #renderWays(): TemplateResult {
    const last = this.count - 1;
    const way = (text: string, position: () => number, isOff = false) =>
      html`<button
        ?disabled=${isOff}
        @click=${() => {
          this.#pick(position());
        }}
      >
        ${text}
      </button>`;
    return html`<div class="row">
      ${way("Previous", () => this.index - 1, this.index <= 0)}
      ${way("Next", () => this.index + 1, this.index >= last)}
      ${way("Random", () => Math.floor(Math.random() * this.count))}
      <label
        >Position
        <input
          type="number"
          min="0"
          max=${last}
          .value=${String(this.index)}
          @change=${(event: Event) => {
            this.#pick(Number((event.target as HTMLInputElement).value));
          }}
        />
      </label>
    </div>`;
  }

  #renderTrouble(): TemplateResult {
    return html`<p class="wrong" role="alert">
      Test image ${numberText(this.index)} could not be loaded. ${this.trouble}
      ${this.picked === null ? nothing : "The image shown is still the one attacked."}
      <button @click=${() => this.dispatchEvent(new CustomEvent("retry"))}>Try again</button>
    </p>`;
  }

  #pick(index: number): void {
    const within = Math.min(Math.max(Math.round(index) || 0, 0), this.count - 1);
    this.dispatchEvent(new CustomEvent("pick", { detail: within }));
  }
}

customElements.define("gambeson-play-picker", GambesonPlayPicker);

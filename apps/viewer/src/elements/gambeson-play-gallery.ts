import { greyBytes } from "@gambeson/elements/picture-bytes";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type TemplateResult } from "lit";
import "./gambeson-play-picture.ts";

/**
 * Small pictures to choose from.
 *
 * @property images Pixels of each, from 0 to 1.
 * @property columns Width of each in pixels.
 * @property names What each shows.
 * @property chosen Position of the one that is chosen; -1 for none.
 * @fires choose `detail` is the position.
 */
export class GambesonPlayGallery extends LitElement {
  static override properties = {
    images: { attribute: false },
    columns: { type: Number },
    names: { attribute: false },
    chosen: { type: Number },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      ul {
        list-style: none;
        margin: 0.75rem 0;
        padding: 0;
        gap: 0.5rem;
      }
      button {
        padding: 2px;
        display: block;
      }
      button[aria-pressed="true"] {
        outline: 3px solid var(--accent);
      }
      gambeson-play-picture {
        width: 44px;
      }
    `,
  ];
  declare images: readonly Float32Array[];
  declare columns: number;
  declare names: readonly string[];
  declare chosen: number;

  constructor() {
    super();
    this.images = [];
    this.columns = 1;
    this.names = [];
    this.chosen = -1;
  }

  override render(): TemplateResult {
    return html`<ul class="row" aria-label="Images of the report">
      ${this.images.map(
        (image, index) =>
          html`<li>
            <button
              aria-label=${this.names[index]!}
              title=${this.names[index]!}
              aria-pressed=${index === this.chosen ? "true" : "false"}
              @click=${() => this.dispatchEvent(new CustomEvent("choose", { detail: index }))}
            >
              <gambeson-play-picture
                .rgba=${greyBytes(image)}
                .columns=${this.columns}
              ></gambeson-play-picture>
            </button>
          </li>`,
      )}
    </ul>`;
  }
}

customElements.define("gambeson-play-gallery", GambesonPlayGallery);

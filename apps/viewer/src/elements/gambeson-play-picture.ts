import { css, html, LitElement, nothing, type TemplateResult } from "lit";

/**
 * A small picture, its pixels as squares.
 *
 * @property rgba Its colours, row-major, four bytes a pixel; null for nothing.
 * @property columns Its width in pixels.
 * @property label What it shows, for those who cannot see it; empty where words beside it say so.
 */
export class GambesonPlayPicture extends LitElement {
  static override properties = {
    rgba: { attribute: false },
    columns: { type: Number },
    label: {},
  };
  static override styles = css`
    :host {
      display: block;
    }
    canvas {
      display: block;
      width: 100%;
      image-rendering: pixelated;
      border-radius: 0.25rem;
    }
  `;
  declare rgba: Uint8ClampedArray<ArrayBuffer> | null;
  declare columns: number;
  declare label: string;

  constructor() {
    super();
    this.rgba = null;
    this.columns = 1;
    this.label = "";
  }

  override render(): TemplateResult | typeof nothing {
    if (this.rgba === null) return nothing;
    const rows = this.rgba.length / 4 / this.columns;
    return this.label === ""
      ? html`<canvas aria-hidden="true" width=${this.columns} height=${rows}></canvas>`
      : html`<canvas role="img" aria-label=${this.label} width=${this.columns} height=${rows}></canvas>`;
  }

  override updated(): void {
    const context = this.renderRoot.querySelector("canvas")?.getContext("2d");
    if (this.rgba !== null) context?.putImageData(new ImageData(this.rgba, this.columns), 0, 0);
  }
}

customElements.define("gambeson-play-picture", GambesonPlayPicture);

import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { greyOfRgba, imageRgba } from "../view-models/play-pixels.ts";
import "./gambeson-play-picture.ts";

/**
 * A picture of the reader's own, made grey and as small as the models want it. It stays in the page.
 *
 * @property columns Width of the models' images.
 * @property rows Their height.
 * @fires pixels-change `detail` is the image: float32, row-major, from 0 to 1.
 */
export class GambesonPlayUpload extends LitElement {
  static override properties = {
    columns: { type: Number },
    rows: { type: Number },
    rgba: { state: true },
    isInverted: { state: true },
    trouble: { state: true },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      label {
        display: block;
      }
      input[type="file"] {
        display: block;
        max-width: 100%;
        min-height: 2rem;
        margin-block: 0.25rem 0.5rem;
        font: inherit;
        color: inherit;
      }
      gambeson-play-picture {
        width: min(100%, 9rem);
        margin-block-start: 0.5rem;
      }
    `,
  ];
  declare columns: number;
  declare rows: number;
  /** The small picture in its own colours; null before there is one. */
  declare rgba: Uint8ClampedArray | null;
  declare isInverted: boolean;
  declare trouble: string;

  constructor() {
    super();
    this.columns = 28;
    this.rows = 28;
    this.rgba = null;
    this.isInverted = true;
    this.trouble = "";
  }

  override render(): TemplateResult {
    return html`<label
        >Picture file
        <input type="file" accept="image/*" @change=${this.#choose} />
      </label>
      <label
        ><input type="checkbox" .checked=${this.isInverted} @change=${this.#invert} />Invert: the picture is
        dark on bright, and the models know bright on black</label
      >
      ${this.trouble === "" ? nothing : html`<p class="wrong" role="alert">${this.trouble}</p>`}
      ${
        this.rgba === null
          ? html`<p class="quiet">
              It is made grey, ${this.columns} by ${this.rows} pixels, and never leaves this page.
            </p>`
          : html`<gambeson-play-picture
              .rgba=${imageRgba(greyOfRgba(this.rgba, this.isInverted))}
              .columns=${this.columns}
              label="The picture as the models see it"
            ></gambeson-play-picture>`
      }`;
  }

  readonly #choose = async (event: Event): Promise<void> => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file === undefined) return;
    try {
      this.rgba = await this.#shrink(file);
      this.trouble = "";
      this.#tell();
    } catch {
      this.trouble = `“${file.name}” is not a picture that this browser can read. PNG, JPEG and WebP files are.`;
    }
  };

  /** The whole picture in the middle of a white sheet of the models' size. */
  async #shrink(file: File): Promise<Uint8ClampedArray> {
    const whole = await createImageBitmap(file);
    const scale = Math.min(this.columns / whole.width, this.rows / whole.height);
    const [width, height] = [whole.width, whole.height].map((side) => Math.max(1, Math.round(side * scale)));
    const small = await createImageBitmap(whole, {
      resizeWidth: width!,
      resizeHeight: height!,
      resizeQuality: "high",
    });
    const sheet = new OffscreenCanvas(this.columns, this.rows).getContext("2d", {
      willReadFrequently: true,
    })!;
    sheet.drawImage(small, (this.columns - width!) / 2, (this.rows - height!) / 2);
    return sheet.getImageData(0, 0, this.columns, this.rows).data;
  }

  readonly #invert = (event: Event): void => {
    this.isInverted = (event.target as HTMLInputElement).checked;
    this.#tell();
  };

  #tell(): void {
    if (this.rgba === null) return;
    this.dispatchEvent(new CustomEvent("pixels-change", { detail: greyOfRgba(this.rgba, this.isInverted) }));
  }
}

customElements.define("gambeson-play-upload", GambesonPlayUpload);

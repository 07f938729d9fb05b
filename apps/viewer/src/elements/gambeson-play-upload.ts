import { Task, TaskStatus } from "@lit/task";
import { greyBytes } from "@gambeson/elements/picture-bytes";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { greyOfRgba } from "../view-models/grey-of-rgba.ts";
import "./gambeson-play-picture.ts";
import { shrinkPicture } from "./shrink-picture.ts";

/** A picture as the models see it. */
interface Seen {
  /** In its own colours. */
  readonly rgba: Uint8ClampedArray;
  readonly columns: number;
}

/**
 * A picture of the reader's own, made grey and as small as the models want it. It stays in the page.
 *
 * @property columns Width of the models' images.
 * @property rows Their height.
 * @property isLost Whether there was a picture, which the page has no more.
 * @fires pixels-change Also where the models want another size; `detail` is the image: float32, row-major, from 0 to 1.
 */
export class GambesonPlayUpload extends LitElement {
  static override properties = {
    columns: { type: Number },
    rows: { type: Number },
    isLost: { type: Boolean },
    file: { state: true },
    isInverted: { state: true },
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
  declare isLost: boolean;
  /** The one that was chosen last. */
  declare file: File | null;
  declare isInverted: boolean;
  /** What was shown last, which stays when a file is no picture. */
  #seen: Seen | null = null;
  readonly #shrink = new Task(this, {
    args: () => [this.file, this.columns, this.rows] as const,
    task: async ([file, columns, rows]): Promise<Seen | null> =>
      file === null ? null : { rgba: await shrinkPicture(file, { columns, rows }), columns },
    onComplete: (seen) => {
      this.#seen = seen;
      this.#tell();
    },
  });

  constructor() {
    super();
    this.columns = 28;
    this.rows = 28;
    this.isLost = false;
    this.file = null;
    this.isInverted = true;
  }

  override render(): TemplateResult {
    const seen = this.#seen;
    return html`<label
        >Picture file
        <input type="file" accept="image/*" @change=${this.#choose} />
      </label>
      <label
        ><input type="checkbox" .checked=${this.isInverted} @change=${this.#invert} />Invert: the picture is
        dark on bright, and the models know bright on black</label
      >
      ${this.#shrink.status === TaskStatus.ERROR ? this.#renderTrouble() : nothing}
      ${
        seen === null
          ? html`${this.isLost && this.file === null ? html`<p role="status">The picture was not kept: choose it again.</p>` : nothing}
              <p class="quiet">
                It is made grey, ${this.columns} by ${this.rows} pixels, and never leaves this page.
              </p>`
          : html`<gambeson-play-picture
              .rgba=${greyBytes(greyOfRgba(seen.rgba, this.isInverted))}
              .columns=${seen.columns}
              label="The picture as the models see it"
            ></gambeson-play-picture>`
      }`;
  }

  #renderTrouble(): TemplateResult {
    return html`<p class="wrong" role="alert">
      “${this.file?.name}” is not a picture that this browser can read. PNG, JPEG and WebP files are.
    </p>`;
  }

  readonly #choose = (event: Event): void => {
    this.file = (event.target as HTMLInputElement).files?.[0] ?? this.file;
  };

  readonly #invert = (event: Event): void => {
    this.isInverted = (event.target as HTMLInputElement).checked;
    this.#tell();
  };

  #tell(): void {
    // A picture may be read only after the reader has gone to another page.
    if (this.#seen === null || !this.isConnected) return;
    const detail = greyOfRgba(this.#seen.rgba, this.isInverted);
    this.dispatchEvent(new CustomEvent("pixels-change", { detail }));
  }
}

customElements.define("gambeson-play-upload", GambesonPlayUpload);

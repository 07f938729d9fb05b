import { greyBytes } from "@gambeson/elements/picture-bytes";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { drawnImage, scaledStrokes, type Stroke } from "../view-models/drawn-image.ts";
import "./gambeson-play-picture.ts";

const PENS = { thin: 1.5, medium: 2.5, thick: 4 } as const;
type Pen = keyof typeof PENS;
const MOVES: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * A small image to draw by hand, bright on black: with a pointer, or with the arrow keys while the pen is down.
 *
 * @property columns Its width in pixels.
 * @property rows Its height.
 * @property image What was drawn, where that is known from elsewhere: float32, of its size; null where it is not. Strokes that made
 *   another image give way to it.
 * @fires pixels-change Also where the image gets another size; `detail` is the image: float32, row-major, from 0 to 1.
 */
export class GambesonPlayDrawing extends LitElement {
  static override properties = {
    columns: { type: Number },
    rows: { type: Number },
    image: { attribute: false },
    sheet: { state: true },
    strokes: { state: true },
    pen: { state: true },
    at: { state: true },
    isDown: { state: true },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .sheet {
        position: relative;
        width: min(100%, 15rem);
        touch-action: none;
        cursor: crosshair;
        border: 1px solid var(--muted);
        border-radius: 0.25rem;
        margin-block-end: 0.5rem;
      }
      .sheet svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        visibility: hidden;
      }
      .sheet:focus-visible svg {
        visibility: visible;
      }
      p {
        margin: 0.4rem 0;
        font-size: 0.85rem;
      }
    `,
  ];
  declare columns: number;
  declare rows: number;
  declare image: Float32Array | null;
  /** What the strokes are drawn on; null for black. */
  declare sheet: Float32Array | null;
  declare strokes: readonly Stroke[];
  declare pen: Pen;
  /** Where the pen of the arrow keys stands; null before it was used. */
  declare at: Stroke[number] | null;
  declare isDown: boolean;

  constructor() {
    super();
    this.columns = 28;
    this.rows = 28;
    this.image = null;
    this.sheet = null;
    this.strokes = [];
    this.pen = "medium";
    this.at = null;
    this.isDown = false;
  }

  get #pixels(): Float32Array {
    const { columns: width, rows: height, sheet } = this;
    return drawnImage(this.strokes, { width, height, pen: PENS[this.pen], sheet });
  }

  get #cursor(): Stroke[number] {
    return this.at ?? [this.columns / 2, this.rows / 2];
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const [columns, rows] = [changed.get("columns") ?? this.columns, changed.get("rows") ?? this.rows];
    if (columns === this.columns && rows === this.rows) {
      if (changed.has("image")) this.#take(this.image);
      return;
    }
    this.sheet = null;
    this.strokes = scaledStrokes(this.strokes, [this.columns / columns, this.rows / rows]);
    this.at = null;
    this.isDown = false;
  }

  /** Shows an image, where it is not what is shown. */
  #take(image: Float32Array | null): void {
    const shown = this.#pixels;
    if (shown.every((value, at) => value === (image?.[at] ?? 0))) return;
    this.sheet = image;
    this.strokes = [];
    this.isDown = false;
  }

  override updated(changed: PropertyValues<this>): void {
    const isResized = changed.has("columns") || changed.has("rows");
    if (isResized && this.strokes.length > 0) this.#tell();
  }

  override render(): TemplateResult {
    const [x, y] = this.#cursor;
    const isEmpty = this.strokes.length === 0;
    const isBlank = isEmpty && this.sheet === null;
    return html`<div
        class="sheet"
        role="application"
        tabindex="0"
        aria-label=${`Sheet to draw on. Arrow keys move the pen, space puts it ${this.isDown ? "up" : "down"}; the pen is ${this.isDown ? "down" : "up"}.`}
        @pointerdown=${this.#begin}
        @pointermove=${this.#continue}
        @keydown=${this.#onKey}
      >
        <gambeson-play-picture
          .rgba=${greyBytes(this.#pixels)}
          .columns=${this.columns}
        ></gambeson-play-picture>
        <svg viewBox="0 0 ${this.columns} ${this.rows}" aria-hidden="true">
          <circle
            cx=${x}
            cy=${y}
            r="1.2"
            stroke-width="0.4"
            stroke="white"
            fill=${this.isDown ? "white" : "none"}
          />
        </svg>
      </div>
      <div class="row">
        <button ?disabled=${isEmpty} @click=${this.#undo}>Undo</button>
        <button ?disabled=${isBlank} @click=${this.#clear}>Clear</button>
        <label
          >Pen
          <select @change=${this.#choosePen}>
            ${Object.keys(PENS).map((pen) => html`<option value=${pen} ?selected=${pen === this.pen}>${pen}</option>`)}
          </select></label
        >
      </div>
      <p class="quiet">
        Draw with a pointer; or with the arrow keys, where space puts the pen down and up.
      </p>`;
  }

  #set(strokes: readonly Stroke[]): void {
    this.strokes = strokes;
    this.#tell();
  }

  #tell(): void {
    this.dispatchEvent(new CustomEvent("pixels-change", { detail: this.#pixels }));
  }

  #extend(point: Stroke[number]): void {
    const last = this.strokes.at(-1) ?? [];
    this.#set([...this.strokes.slice(0, -1), [...last, point]]);
  }

  #placeOf(event: PointerEvent): Stroke[number] {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return [
      (this.columns * (event.clientX - box.left)) / box.width,
      (this.rows * (event.clientY - box.top)) / box.height,
    ];
  }

  readonly #begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.isDown = false;
    this.#set([...this.strokes, [this.#placeOf(event)]]);
  };

  readonly #continue = (event: PointerEvent): void => {
    if (event.buttons === 1 && this.strokes.length > 0) this.#extend(this.#placeOf(event));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === " ") {
      event.preventDefault();
      this.isDown = !this.isDown;
      if (this.isDown) this.#set([...this.strokes, [this.#cursor]]);
      return;
    }
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const [x, y] = this.#cursor;
    this.at = [
      Math.min(Math.max(x + move[0], 0), this.columns),
      Math.min(Math.max(y + move[1], 0), this.rows),
    ];
    if (this.isDown) this.#extend(this.at);
  };

  readonly #undo = (): void => {
    this.isDown = false;
    this.#set(this.strokes.slice(0, -1));
  };

  readonly #clear = (): void => {
    this.isDown = false;
    this.sheet = null;
    this.#set([]);
  };

  readonly #choosePen = (event: Event): void => {
    this.pen = (event.target as HTMLSelectElement).value as Pen;
    this.#set(this.strokes);
  };
}

customElements.define("gambeson-play-drawing", GambesonPlayDrawing);

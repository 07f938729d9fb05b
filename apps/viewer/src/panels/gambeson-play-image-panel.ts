import { Task, TaskStatus } from "@lit/task";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { createTestImageLoader, type TestImage } from "../api/load-test-image.ts";
import { setQuery } from "../app/navigation.ts";
import type { Query } from "../app/routes.ts";
import "../elements/gambeson-play-drawing.ts";
import "../elements/gambeson-play-picker.ts";
import "../elements/gambeson-play-upload.ts";
import "../elements/gambeson-trouble.ts";
import { SUPERSEDED } from "../playground/latest-wins.ts";
import { drawingOf, drawingText, hasRoomFor, type DrawingSize } from "../view-models/drawing-text.ts";
import { keepLast } from "../view-models/keep-last.ts";
import { messageOf } from "../view-models/message-of.ts";
import { PLAY_SOURCES, playChoice, type PlayChoice, type PlaySource } from "../view-models/play-choice.ts";
import { playGallery, type PlayGallery } from "../view-models/play-gallery.ts";
import { abortOnLeave } from "./abort-on-leave.ts";
import type { PlaySession, PlaySubject } from "./play-session.ts";

/**
 * Which image is attacked: one of the test set, the reader's own, or one drawn by hand.
 *
 * @fires subject-change `detail` is a PlaySubject; null while there is none.
 * @fires restart When the worker has failed and the reader wants to try again.
 */
export class GambesonPlayImagePanel extends LitElement {
  static override properties = {
    session: { attribute: false },
    query: { attribute: false },
    own: { state: true },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      fieldset {
        border: 0;
        padding: 0;
        margin: 0 0 0.5rem;
      }
      legend {
        float: inline-start;
        padding: 0;
        margin-inline-end: 1rem;
        font-weight: 600;
        line-height: 2rem;
      }
      fieldset label {
        display: inline-block;
        line-height: 2rem;
        margin-inline-end: 0.75rem;
      }
      .class {
        display: block;
        margin-block-start: 0.75rem;
      }
      [hidden] {
        display: none;
      }
    `,
  ];
  declare session: PlaySession | null;
  declare query: Query;
  /** Pixels that were uploaded, or drawn where the address has no room for them. */
  declare own: Readonly<Partial<Record<PlaySource, Float32Array>>>;
  readonly #load = createTestImageLoader();
  readonly #test = new Task(this, {
    args: () => [this.session, this.#index] as const,
    task: ([session, index], { signal }) => (session === null ? null : this.#load(session, index, signal)),
  });
  /** What the first model says of an image whose class nobody has told. */
  readonly #guess = new Task(this, {
    args: () => [this.session, this.#ownPixels] as const,
    task: async ([session, pixels]) => {
      if (session === null || pixels === null) return null;
      const seen = await session.client.see({ pixels });
      return seen === SUPERSEDED ? null : { session, pixels, label: seen.answer[0]!.predicted };
    },
  });
  #told: PlaySubject | null = null;
  /** The test image that was loaded last, which stays when the next one cannot be. */
  #loaded: TestImage | null = null;
  #gallery: PlayGallery | null = null;
  readonly #drawingOf = keepLast((text: string | undefined, width: number, height: number) =>
    drawingOf(text, { width, height }),
  );

  constructor() {
    super();
    this.session = null;
    this.query = {};
    this.own = {};
    abortOnLeave(this, this.#test);
  }

  get #choice(): PlayChoice {
    return playChoice(this.query);
  }

  /** Of the images that the models take; only while there is a session. */
  get #size(): DrawingSize {
    return this.session!.result.dataset;
  }

  get #count(): number {
    return this.session?.result.dataset.test.count ?? 0;
  }

  /** Position in the test set. */
  get #index(): number {
    const first = this.session?.seed.samples.indices[0] ?? 0;
    return Math.min(this.#choice.image ?? first, Math.max(0, this.#count - 1));
  }

  /** The test image that is shown: never one of another run. */
  get #tested(): TestImage | null {
    return this.#loaded?.run === this.session?.run ? this.#loaded : null;
  }

  /** What was drawn; null where that is nothing, or the models want another size. */
  get #drawing(): Float32Array | null {
    const { width, height } = this.#size;
    return hasRoomFor(this.#size)
      ? this.#drawingOf(this.query.drawing, width, height)
      : (this.own.drawing ?? null);
  }

  /** What was uploaded or drawn, as large as the models want it; null while there is nothing on it. */
  get #ownPixels(): Float32Array | null {
    if (this.session === null) return null;
    const { height, width } = this.#size;
    const pixels = this.#choice.source === "drawing" ? this.#drawing : this.own.upload;
    return pixels?.length === height * width && pixels.some((value) => value !== 0) ? pixels : null;
  }

  /** The image that is attacked; null while there is none. */
  get #subject(): PlaySubject | null {
    if (this.session === null) return null;
    const { source, label } = this.#choice;
    if (source === "test") return this.#tested;
    const pixels = this.#ownPixels;
    if (pixels === null) return null;
    const { run, backend } = this.session;
    if (label !== null && label < backend.classCount) return { run, pixels, label };
    const guess = this.#guess.value;
    if (guess?.session === this.session && guess.pixels === pixels)
      return { run, pixels, label: guess.label };
    // While the first model has not answered, the image before stays.
    return this.#told?.run === run ? this.#told : null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    this.#loaded = this.#test.value ?? this.#loaded;
    if (changed.has("session"))
      this.#gallery = this.session && playGallery(this.session.result, this.session.seed);
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const subject = this.#subject;
    const isTold = (["run", "pixels", "label"] as const).every((key) => subject?.[key] === this.#told?.[key]);
    if (isTold) return;
    this.#told = subject;
    this.dispatchEvent(new CustomEvent("subject-change", { detail: subject }));
  }

  override render(): TemplateResult | typeof nothing {
    if (this.session === null) return nothing;
    const { source } = this.#choice;
    const { height, width } = this.session.result.dataset;
    return html`<h2>The image</h2>
      <fieldset>
        <legend>From</legend>
        ${Object.entries(PLAY_SOURCES).map(
          ([value, text]) =>
            html`<label
              ><input
                type="radio"
                name="source"
                value=${value}
                .checked=${value === source}
                @change=${this.#chooseSource}
              />${text}</label
            >`,
        )}
      </fieldset>
      <div class="panel">
        ${source === "test" ? this.#renderTest(this.session) : nothing}
        <gambeson-play-upload
          ?hidden=${source !== "upload"}
          .columns=${width}
          .rows=${height}
          .isLost=${this.#choice.isUploaded}
          @pixels-change=${this.#keepUpload}
        ></gambeson-play-upload>
        <gambeson-play-drawing
          ?hidden=${source !== "drawing"}
          .columns=${width}
          .rows=${height}
          .image=${this.#drawing}
          @pixels-change=${this.#keepDrawing}
        ></gambeson-play-drawing>
        ${source === "test" ? nothing : this.#renderClass(this.session)}
      </div>`;
  }

  #renderTest({ result }: PlaySession): TemplateResult {
    const { classNames, width } = result.dataset;
    const { error, status } = this.#test;
    const tested = this.#tested;
    const picked = tested && { ...tested, className: classNames[tested.label] ?? String(tested.label) };
    return html`<gambeson-play-picker
      .picked=${picked}
      .index=${this.#index}
      .count=${this.#count}
      .columns=${width}
      .gallery=${this.#gallery}
      .trouble=${status === TaskStatus.ERROR ? sentenceOf(error) : ""}
      @pick=${({ detail }: CustomEvent<number>) => {
        setQuery({ image: String(detail), step: null }, "push");
      }}
      @retry=${() => {
        void this.#test.run();
      }}
    ></gambeson-play-picker>`;
  }

  #renderClass({ result, seed }: PlaySession): TemplateResult | typeof nothing {
    if (this.#ownPixels === null) {
      return this.#choice.source === "drawing"
        ? html`<p role="status">Draw something to attack.</p>`
        : nothing;
    }
    const { error } = this.#guess;
    if (error != null) {
      return html`<gambeson-trouble
        .error=${error}
        @retry=${() => this.dispatchEvent(new CustomEvent("restart"))}
      ></gambeson-trouble>`;
    }
    const { label } = this.#choice;
    const guess = this.#guess.value?.label;
    const { classNames } = result.dataset;
    const first = seed.models[0]!.label;
    return html`<label class="class"
      >True class
      <select @change=${this.#chooseClass}>
        <option value="" ?selected=${label === null}>
          what ${first} says${guess === undefined ? "" : `: ${classNames[guess]!}`}
        </option>
        ${classNames.map((name, k) => html`<option value=${k} ?selected=${k === label}>${name}</option>`)}
      </select></label
    >`;
  }

  readonly #chooseSource = (event: Event): void => {
    const source = (event.target as HTMLInputElement).value;
    setQuery({ source: source === "test" ? null : source, class: null, step: null }, "push");
  };

  readonly #chooseClass = (event: Event): void => {
    setQuery({ class: (event.target as HTMLSelectElement).value || null }, "push");
  };

  readonly #keepUpload = ({ detail }: CustomEvent<Float32Array>): void => {
    this.own = { ...this.own, upload: detail };
    setQuery({ uploaded: "true" }, "replace");
  };

  readonly #keepDrawing = ({ detail }: CustomEvent<Float32Array>): void => {
    if (hasRoomFor(this.#size)) setQuery({ drawing: drawingText(detail, this.#size) }, "replace");
    else this.own = { ...this.own, drawing: detail };
  };
}

function sentenceOf(error: unknown): string {
  const message = messageOf(error);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

customElements.define("gambeson-play-image-panel", GambesonPlayImagePanel);

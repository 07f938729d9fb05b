import { Task, TaskStatus } from "@lit/task";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { createTestImageLoader } from "../api/load-test-image.ts";
import { setQuery } from "../app/navigation.ts";
import type { Query } from "../app/routes.ts";
import "../elements/gambeson-play-drawing.ts";
import "../elements/gambeson-play-picker.ts";
import "../elements/gambeson-play-upload.ts";
import { SUPERSEDED } from "../playground/latest-wins.ts";
import type { NamedSubject, PlaySession } from "../playground/play-session.ts";
import { PLAY_SOURCES, playChoice, type PlayChoice, type PlaySource } from "../view-models/play-choice.ts";
import { decodeImages } from "../view-models/play-pixels.ts";

/**
 * Which image is attacked: one of the test set, the reader's own, or one drawn by hand.
 *
 * @fires subject-change `detail` is a NamedSubject; null while there is none.
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
  /** Pixels that were uploaded or drawn. */
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
      return seen === SUPERSEDED ? null : { pixels, label: seen.answer[0]!.predicted };
    },
  });
  #told: NamedSubject | null = null;
  /** The test image that was loaded last, which stays when the next one cannot be. */
  #tested: NamedSubject | null = null;

  constructor() {
    super();
    this.session = null;
    this.query = {};
    this.own = {};
  }

  get #choice(): PlayChoice {
    return playChoice(this.query);
  }

  get #count(): number {
    return this.session?.result.dataset.test.count ?? 0;
  }

  /** Position in the test set. */
  get #index(): number {
    const first = this.session?.seed.samples.indices[0] ?? 0;
    return Math.min(this.#choice.image ?? first, Math.max(0, this.#count - 1));
  }

  get #ownPixels(): Float32Array | null {
    const pixels = this.own[this.#choice.source];
    return pixels?.some((value) => value !== 0) === true ? pixels : null;
  }

  /** The image that is attacked; null while there is none. */
  get #subject(): NamedSubject | null {
    const { source, label } = this.#choice;
    if (source === "test") return this.#tested;
    const pixels = this.#ownPixels;
    if (pixels === null) return null;
    const guess = this.#guess.value;
    const isClass = label !== null && label < (this.session?.backend.classCount ?? 0);
    const known = isClass ? label : guess?.pixels === pixels ? guess.label : null;
    // While the first model has not answered, the image before stays.
    if (known === null) return this.#told;
    return { pixels, label: known, name: source === "upload" ? "Your picture" : "Your drawing" };
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("session") && changed.get("session")?.run !== this.session?.run) this.#tested = null;
    this.#tested = this.#test.value ?? this.#tested;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const subject = this.#subject;
    if (subject?.pixels === this.#told?.pixels && subject?.label === this.#told?.label) return;
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
          @pixels-change=${this.#keepOwn}
        ></gambeson-play-upload>
        <gambeson-play-drawing
          ?hidden=${source !== "drawing"}
          .columns=${width}
          .rows=${height}
          @pixels-change=${this.#keepOwn}
        ></gambeson-play-drawing>
        ${source === "test" ? nothing : this.#renderClass(this.session)}
      </div>`;
  }

  #renderTest({ result, seed }: PlaySession): TemplateResult {
    const { classNames, width, height } = result.dataset;
    const { samples } = seed;
    const { error, status } = this.#test;
    const tested = this.#tested;
    const picked = tested && { ...tested, className: classNames[tested.label] ?? String(tested.label) };
    return html`<gambeson-play-picker
      .picked=${picked}
      .index=${this.#index}
      .count=${this.#count}
      .columns=${width}
      .gallery=${{
        images: decodeImages(samples.original, height * width),
        indices: samples.indices,
        names: samples.indices.map((at, i) => `Test image ${at}: ${classNames[samples.labels[i]!]!}`),
      }}
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

  readonly #keepOwn = ({ detail }: CustomEvent<Float32Array>): void => {
    this.own = { ...this.own, [this.#choice.source]: detail };
  };
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

customElements.define("gambeson-play-image-panel", GambesonPlayImagePanel);

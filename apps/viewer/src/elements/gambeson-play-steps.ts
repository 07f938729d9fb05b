import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";

/** How long each step is seen while they are played. */
const STEP_MS = 900;

/**
 * DeepFool's steps, one by one or played.
 *
 * @property step The one that is shown.
 * @property last The last one.
 * @fires step-change `detail` is the step.
 */
export class GambesonPlaySteps extends LitElement {
  static override properties = {
    step: { type: Number },
    last: { type: Number },
    isPlaying: { state: true },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      input {
        display: block;
        width: 100%;
      }
    `,
  ];
  declare step: number;
  declare last: number;
  declare isPlaying: boolean;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.step = 0;
    this.last = 0;
    this.isPlaying = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pause();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("last") && changed.get("last") !== undefined) this.#pause();
  }

  override render(): TemplateResult {
    return html`<label
        >Step <b>${this.step}</b> of ${this.last}
        <input
          type="range"
          min="0"
          max=${this.last}
          step="1"
          .value=${String(this.step)}
          aria-valuetext=${`step ${this.step} of ${this.last}`}
          @input=${(event: Event) => {
            this.#pause();
            this.#tell(Number((event.target as HTMLInputElement).value));
          }}
        />
      </label>
      <div class="row">
        <button @click=${this.#toggle} ?disabled=${this.last === 0}>
          ${this.isPlaying ? "Pause" : "Play the steps"}
        </button>
      </div>`;
  }

  readonly #toggle = (): void => {
    if (this.isPlaying) {
      this.#pause();
      return;
    }
    this.isPlaying = true;
    this.#tell(this.step >= this.last ? 0 : this.step + 1);
    this.#timer = setInterval(() => {
      if (this.step >= this.last) this.#pause();
      else this.#tell(this.step + 1);
    }, STEP_MS);
  };

  #pause(): void {
    clearInterval(this.#timer);
    this.isPlaying = false;
  }

  #tell(step: number): void {
    this.dispatchEvent(new CustomEvent("step-change", { detail: step }));
  }
}

customElements.define("gambeson-play-steps", GambesonPlaySteps);

import { Task } from "@lit/task";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { setQuery } from "../app/navigation.ts";
import type { Query } from "../app/routes.ts";
import "../elements/gambeson-play-epsilon.ts";
import "../elements/gambeson-play-findings.ts";
import "../elements/gambeson-play-steps.ts";
import "../elements/gambeson-trouble.ts";
import { findFgs, findGround, findMaps } from "../playground/find-attacks.ts";
import type { NamedSubject, PlaySession } from "../playground/play-session.ts";
import { playBackendText } from "../view-models/play-backend-text.ts";
import { GAINS, PLAY_ATTACKS, playChoice, type PlayChoice } from "../view-models/play-choice.ts";
import { epsilonMarks, usualEpsilon } from "../view-models/play-epsilons.ts";
import {
  deepFoolViews,
  fgsViews,
  type PlayFindings,
  type PlayModelView,
} from "../view-models/play-model-views.ts";

/** The address follows a slider so long after it has come to rest; browsers refuse to be told by the frame. */
const ADDRESS_DELAY_MS = 200;

/**
 * The attacks on one image: which, how strong, and what every model makes of it.
 *
 * @fires restart When the worker has failed and the reader wants to try again.
 */
export class GambesonPlayAttackPanel extends LitElement {
  static override properties = {
    session: { attribute: false },
    subject: { attribute: false },
    query: { attribute: false },
    moved: { state: true },
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
      .controls {
        display: grid;
        grid-template-columns: minmax(0, 3fr) minmax(0, 1fr);
        gap: 0.25rem 2rem;
      }
      /* The slider stays in sight beside what it changes. */
      @media (min-height: 40rem) {
        .controls {
          position: sticky;
          inset-block-start: 0.25rem;
          z-index: 1;
        }
      }
      .gain input {
        display: block;
        width: 100%;
      }
      @media (max-width: 40rem) {
        .controls {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
  declare session: PlaySession | null;
  declare subject: NamedSubject | null;
  declare query: Query;
  /** Where sliders stand that the address does not know yet. */
  declare moved: Readonly<Record<string, string>>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was shown last, which stays until all is known of another image. */
  #findings: PlayFindings | null = null;

  readonly #ground = new Task(this, {
    args: () => [this.session, this.subject] as const,
    task: ([session, subject]) =>
      session === null || subject === null ? null : findGround(session, subject),
  });
  readonly #fgs = new Task(this, {
    args: () => [this.session, this.subject, this.#epsilon] as const,
    task: ([session, subject, epsilon]) =>
      session === null || subject === null ? null : findFgs(session, subject, epsilon),
  });
  readonly #maps = new Task(this, {
    args: () => [this.#ground.value ?? null] as const,
    task: ([ground]) => (ground === null ? null : findMaps(ground)),
  });

  constructor() {
    super();
    this.session = null;
    this.subject = null;
    this.query = {};
    this.moved = {};
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  get #choice(): PlayChoice {
    return playChoice({ ...this.query, ...this.moved });
  }

  get #epsilon(): number {
    return this.#choice.epsilon ?? usualEpsilon(this.session?.seed.epsilonReference ?? null);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    // The address has caught up, or the reader went elsewhere.
    if (changed.has("query")) this.moved = {};
    const findings = this.#known();
    if (findings !== null) this.#findings = findings;
  }

  /** All that is known of the image, once that is all of one image. */
  #known(): PlayFindings | null {
    const [ground, fgs, mapped] = [this.#ground.value, this.#fgs.value, this.#maps.value];
    if (ground == null || ground.subject !== fgs?.subject) return null;
    const { session, subject, curves, trails } = ground;
    return {
      models: session.seed.models,
      classNames: session.result.dataset.classNames,
      label: subject.label,
      pixels: subject.pixels,
      columns: session.result.dataset.width,
      curves,
      trails,
      fgs: fgs.images,
      maps: mapped?.ground === ground ? mapped.maps : null,
    };
  }

  override render(): TemplateResult | typeof nothing {
    const { session } = this;
    if (session === null) return nothing;
    const error = this.#ground.error ?? this.#fgs.error ?? this.#maps.error;
    if (error != null)
      return html`<gambeson-trouble
        .error=${error}
        @retry=${() => this.dispatchEvent(new CustomEvent("restart"))}
      ></gambeson-trouble>`;
    return html`<h2>The attack</h2>
      ${this.#renderAttacks()}
      ${
        this.#findings === null
          ? html`<p role="status" class="quiet">Attacking…</p>`
          : this.#renderFindings(session, this.#findings)
      }`;
  }

  #renderAttacks(): TemplateResult {
    return html`<fieldset>
      <legend>By</legend>
      ${Object.entries(PLAY_ATTACKS).map(
        ([value, text]) =>
          html`<label
            ><input
              type="radio"
              name="attack"
              value=${value}
              .checked=${value === this.#choice.attack}
              @change=${() => {
                setQuery({ attack: value === "fgs" ? null : value }, "push");
              }}
            />${text}</label
          >`,
      )}
    </fieldset>`;
  }

  #renderFindings(session: PlaySession, findings: PlayFindings): TemplateResult {
    const { attack, gain, step } = this.#choice;
    const last = Math.max(...findings.trails.map(({ states }) => states.length - 1));
    const at = Math.min(step ?? last, last);
    const views = attack === "fgs" ? fgsViews(findings) : deepFoolViews(findings, at);
    const ms = attack === "fgs" ? this.#fgs.value?.ms : this.#ground.value?.ms;
    const marks = epsilonMarks(session.seed.epsilonReference, session.result.config.evaluation.accuracyAt);
    return html`<div class="panel controls">
        ${
          attack === "fgs"
            ? html`<gambeson-play-epsilon
                .epsilon=${this.#epsilon}
                .reference=${session.seed.epsilonReference}
                .marks=${marks}
                .spoken=${spoken(views)}
                @epsilon-change=${this.#onEpsilon}
              ></gambeson-play-epsilon>`
            : html`<gambeson-play-steps
                .step=${at}
                .last=${last}
                @step-change=${({ detail }: CustomEvent<number>) => {
                  this.#move({ step: String(detail) });
                }}
              ></gambeson-play-steps>`
        }
        ${this.#renderGain(gain)}
      </div>
      <gambeson-play-findings
        .findings=${findings}
        .views=${views}
        .attack=${attack}
        .epsilon=${this.#epsilon}
        .marks=${marks}
        .step=${attack === "fgs" ? null : at}
        .gain=${gain}
        @epsilon-change=${this.#onEpsilon}
      ></gambeson-play-findings>
      <p class="quiet">${playBackendText(session.backend, ms ?? null, findings.models.length)}</p>
      ${session.backend.fallback === null ? nothing : html`<p class="quiet">Not the fastest way: ${session.backend.fallback}.</p>`}`;
  }

  #renderGain(gain: number): TemplateResult {
    return html`<label class="gain"
      >Amplify what was added: <b>× ${gain}</b>
      <input
        type="range"
        min=${GAINS.least}
        max=${GAINS.most}
        step="1"
        .value=${String(gain)}
        @input=${(event: Event) => {
          this.#move({ gain: (event.target as HTMLInputElement).value });
        }}
      />
    </label>`;
  }

  readonly #onEpsilon = ({ detail }: CustomEvent<number>): void => {
    this.#move({ epsilon: String(Number(detail.toFixed(6))) });
  };

  /** Moves a slider at once, and the address when it rests. */
  #move(changes: Readonly<Record<string, string>>): void {
    this.moved = { ...this.moved, ...changes };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      setQuery(this.moved, "replace");
    }, ADDRESS_DELAY_MS);
  }
}

/** What the models say, in one sentence. */
function spoken(views: readonly PlayModelView[]): string {
  return views.map(({ label, verdict }) => `${label} ${verdict.text}`).join("; ");
}

customElements.define("gambeson-play-attack-panel", GambesonPlayAttackPanel);

import { Task, TaskStatus } from "@lit/task";
import { AMPLIFY } from "@gambeson/elements/picture-bytes";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { setQuery } from "../app/navigation.ts";
import { shortText } from "../app/query-values.ts";
import type { Query } from "../app/routes.ts";
import "../elements/gambeson-play-epsilon.ts";
import "../elements/gambeson-play-findings.ts";
import "../elements/gambeson-play-steps.ts";
import "../elements/gambeson-trouble.ts";
import { keepLast } from "../view-models/keep-last.ts";
import { playBackendText } from "../view-models/play-backend-text.ts";
import { PLAY_ATTACKS, playChoice, type PlayAttack, type PlayChoice } from "../view-models/play-choice.ts";
import { epsilonMarks, usualEpsilon, type EpsilonMark } from "../view-models/play-epsilons.ts";
import { deepFoolViews, fgsViews, spokenViews } from "../view-models/play-model-views.ts";
import { playOverview } from "../view-models/play-overview.ts";
import {
  findFgs,
  findGround,
  findingsOf,
  findMaps,
  foundOf,
  type Found,
  type Ground,
} from "./find-attacks.ts";
import type { PlaySession, PlaySubject } from "./play-session.ts";

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
      .amplify input {
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
  declare subject: PlaySubject | null;
  declare query: Query;
  /** What was shown last, which stays until all is known of another image. */
  #found: Found | null = null;
  readonly #overviewOf = keepLast(({ session, subject, curves, trails }: Ground, attack: PlayAttack) =>
    playOverview(
      { models: session.seed.models, label: subject.label, curves, trails },
      attack,
      marksOf(session),
    ),
  );

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
  }

  /** Whether what is shown is not yet that of the image and the epsilon that are chosen. */
  get #isBusy(): boolean {
    return this.#ground.status === TaskStatus.PENDING || this.#fgs.status === TaskStatus.PENDING;
  }

  get #choice(): PlayChoice {
    return playChoice(this.query);
  }

  get #epsilon(): number {
    return this.#choice.epsilon ?? usualEpsilon(this.session?.seed.epsilonReference ?? null);
  }

  override willUpdate(): void {
    const { value: ground } = this.#ground;
    this.#found = foundOf(ground ?? null, this.#fgs.value ?? null, this.#maps.value ?? null) ?? this.#found;
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
        this.#found === null
          ? html`<p role="status" class="quiet">Attacking…</p>`
          : this.#renderFound(this.#found)
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

  #renderFound(found: Found): TemplateResult {
    const { attack, amplify, step } = this.#choice;
    const { ground, fgs } = found;
    const { session, trails } = ground;
    const isFgs = attack === "fgs";
    const last = Math.max(...trails.map(({ states }) => states.length - 1));
    const at = Math.min(step ?? last, last);
    const findings = findingsOf(found);
    const views = isFgs ? fgsViews(findings) : deepFoolViews(findings, at);
    return html`<div class="panel controls">
        ${
          isFgs
            ? html`<gambeson-play-epsilon
                .epsilon=${this.#epsilon}
                .reference=${session.seed.epsilonReference}
                .marks=${marksOf(session)}
                .spoken=${spokenViews(views)}
                @epsilon-change=${this.#onEpsilon}
              ></gambeson-play-epsilon>`
            : html`<gambeson-play-steps
                .step=${at}
                .last=${last}
                @step-change=${({ detail }: CustomEvent<number>) => {
                  setQuery({ step: String(detail) }, "replace");
                }}
              ></gambeson-play-steps>`
        }
        ${this.#renderAmplify(amplify)}
      </div>
      <gambeson-play-findings
        aria-busy=${String(this.#isBusy)}
        .overview=${this.#overviewOf(ground, attack)}
        .views=${views}
        .columns=${session.result.dataset.width}
        .epsilon=${isFgs ? this.#epsilon : null}
        .step=${isFgs ? null : at}
        .amplify=${amplify}
        @epsilon-change=${this.#onEpsilon}
      ></gambeson-play-findings>
      <p class="quiet">${playBackendText(session.backend, (isFgs ? fgs : ground).ms, views.length)}</p>
      ${session.backend.fallback === null ? nothing : html`<p class="quiet">Not the fastest way: ${session.backend.fallback}.</p>`}`;
  }

  #renderAmplify(amplify: number): TemplateResult {
    return html`<label class="amplify"
      >Amplify what was added: <b>× ${amplify}</b>
      <input
        type="range"
        min=${AMPLIFY.least}
        max=${AMPLIFY.most}
        step="1"
        .value=${String(amplify)}
        @input=${(event: Event) => {
          setQuery({ amplify: (event.target as HTMLInputElement).value }, "replace");
        }}
      />
    </label>`;
  }

  readonly #onEpsilon = ({ detail }: CustomEvent<number>): void => {
    setQuery({ epsilon: shortText(detail) }, "replace");
  };
}

function marksOf({ seed, result }: PlaySession): readonly EpsilonMark[] {
  return epsilonMarks(seed.epsilonReference, result.config.evaluation.accuracyAt);
}

customElements.define("gambeson-play-attack-panel", GambesonPlayAttackPanel);

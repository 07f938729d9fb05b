import { Task } from "@lit/task";
import type { Result } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { server } from "../api/server.ts";
import { setQuery } from "../app/navigation.ts";
import type { Query } from "../app/routes.ts";
import { createPlayHost } from "../playground/create-play-host.ts";
import { startPlayWorker } from "../playground/start-play-worker.ts";
import { playChoice } from "../view-models/play-choice.ts";
import { abortOnLeave } from "./abort-on-leave.ts";
import "./gambeson-play-attack-panel.ts";
import "./gambeson-play-image-panel.ts";
import { taskStates } from "./panel-states.ts";
import type { PlaySession, PlaySubject } from "./play-session.ts";

/** One run's models in the worker, an image, and the attacks on it. */
export class GambesonPlayRunPanel extends LitElement {
  static override properties = {
    run: {},
    query: { attribute: false },
    subject: { state: true },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .seed {
        display: block;
        margin-block-start: 0.75rem;
      }
    `,
  ];
  declare run: string;
  declare query: Query;
  declare subject: PlaySubject | null;
  readonly #host = createPlayHost(startPlayWorker);
  /** What was loaded once works when the server is gone. */
  readonly #results = new Map<string, Result>();
  readonly #weights = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #session = new Task(this, {
    args: () => [this.run, playChoice(this.query).seed] as const,
    task: ([run, seed], { signal }) => this.#open(run, seed, signal),
  });

  constructor() {
    super();
    this.run = "";
    this.query = {};
    this.subject = null;
    abortOnLeave(this, this.#session);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#host.end();
  }

  async #open(run: string, wanted: number | null, signal: AbortSignal): Promise<PlaySession> {
    const result = this.#results.get(run) ?? (await server.runs.result(run, { signal }));
    this.#results.set(run, result);
    const seed = result.seeds.find((found) => found.seed === wanted) ?? result.seeds[0]!;
    const weights = await Promise.all(
      seed.models.map(({ weightsSha256 }) => this.#weightsOf(weightsSha256, signal)),
    );
    const { client, backend } = await this.#host.load(run, { weights }, signal);
    return { run, result, seed, client, backend };
  }

  async #weightsOf(sha256: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const weights = this.#weights.get(sha256) ?? (await server.weights.download(sha256, { signal }));
    this.#weights.set(sha256, weights);
    return weights;
  }

  override render(): TemplateResult {
    return taskStates(this.#session, { loading: "Loading the models…" }, (session) =>
      this.#renderSession(session),
    );
  }

  #renderSession(session: PlaySession): TemplateResult {
    const { result, seed, run } = session;
    return html`${result.dataset.warning === null ? nothing : html`<p class="wrong">${result.dataset.warning}</p>`}
      ${
        result.seeds.length === 1
          ? nothing
          : html`<label class="seed"
              >Seed
              <select @change=${this.#chooseSeed}>
                ${result.seeds.map(
                  (known) =>
                    html`<option value=${known.seed} ?selected=${known === seed}>${known.seed}</option>`,
                )}
              </select></label
            >`
      }
      <gambeson-play-image-panel
        .session=${session}
        .query=${this.query}
        @subject-change=${this.#onSubject}
        @restart=${this.#restart}
      ></gambeson-play-image-panel>
      ${
        this.subject?.run !== run
          ? nothing
          : html`<gambeson-play-attack-panel
              .session=${session}
              .subject=${this.subject}
              .query=${this.query}
              @restart=${this.#restart}
            ></gambeson-play-attack-panel>`
      }
      <p><a href=${`/runs/${run}`}>All about this run</a></p>`;
  }

  readonly #restart = (): void => {
    this.#host.end();
    void this.#session.run();
  };

  readonly #chooseSeed = (event: Event): void => {
    setQuery({ seed: (event.target as HTMLSelectElement).value }, "push");
  };

  readonly #onSubject = ({ detail }: CustomEvent<PlaySubject | null>): void => {
    this.subject = detail;
  };
}

customElements.define("gambeson-play-run-panel", GambesonPlayRunPanel);

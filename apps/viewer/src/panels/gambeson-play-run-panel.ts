import { Task } from "@lit/task";
import type { Result } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { server } from "../api/server.ts";
import { setQuery } from "../app/navigation.ts";
import type { Query } from "../app/routes.ts";
import type { PlayClient } from "../playground/create-play-client.ts";
import type { NamedSubject, PlaySession } from "../playground/play-session.ts";
import { startPlayWorker } from "../playground/start-play-worker.ts";
import { playChoice } from "../view-models/play-choice.ts";
import "./gambeson-play-attack-panel.ts";
import "./gambeson-play-image-panel.ts";
import { taskStates } from "./panel-states.ts";

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
    `,
  ];
  declare run: string;
  declare query: Query;
  declare subject: NamedSubject | null;
  #client: PlayClient | null = null;
  /** Whose models the worker was started for: how many threads it has depends on them. */
  #clientRun = "";
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
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endWorker();
  }

  #endWorker(): void {
    this.#client?.close();
    this.#client = null;
  }

  async #open(run: string, wanted: number | null, signal: AbortSignal): Promise<PlaySession> {
    const result = this.#results.get(run) ?? (await server.runs.result(run, { signal }));
    this.#results.set(run, result);
    const seed = result.seeds.find((found) => found.seed === wanted) ?? result.seeds[0]!;
    const weights = await Promise.all(
      seed.models.map(({ weightsSha256 }) => this.#weightsOf(weightsSha256, signal)),
    );
    if (run !== this.#clientRun) this.#endWorker();
    this.#clientRun = run;
    const client = (this.#client ??= startPlayWorker());
    try {
      const { answer: backend } = await client.load({ weights });
      return { run, result, seed, client, backend };
    } catch (error) {
      if (client === this.#client) this.#endWorker();
      throw error;
    }
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
          : html`<label
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
      ></gambeson-play-image-panel>
      ${
        this.subject === null
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
    this.#endWorker();
    void this.#session.run();
  };

  readonly #chooseSeed = (event: Event): void => {
    setQuery({ seed: (event.target as HTMLSelectElement).value }, "push");
  };

  readonly #onSubject = ({ detail }: CustomEvent<NamedSubject | null>): void => {
    this.subject = detail;
  };
}

customElements.define("gambeson-play-run-panel", GambesonPlayRunPanel);

import { LOCALE } from "@gambeson/elements/locale";
import { Task } from "@lit/task";
import { controlStyles } from "@gambeson/elements/styles";
import type { RunSummary } from "@gambeson/contract";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { server } from "../api/server.ts";
import { setQuery } from "../app/navigation.ts";
import type { Query } from "../app/routes.ts";
import { playChoice } from "../view-models/play-choice.ts";
import "./gambeson-play-run-panel.ts";
import { taskStates } from "./panel-states.ts";

/** Runs to choose from; an older one is reached from its own page. */
const SHOWN = 200;

/** The playground: a run's models, attacked in the page itself. */
export class GambesonPlaygroundPanel extends LitElement {
  static override properties = { query: { attribute: false } };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];
  declare query: Query;
  readonly #runs = new Task(this, {
    args: () => [] as const,
    task: async (_, { signal }) =>
      (await server.runs.list({ state: ["finished"], sort: "finished", limit: SHOWN }, { signal })).runs,
  });

  constructor() {
    super();
    this.query = {};
  }

  override render(): TemplateResult {
    return html`<h1>Playground</h1>
      <p class="quiet">
        Attack a run’s models here, in this page: nothing is sent anywhere, and it works without the server
        once it is loaded.
      </p>
      ${taskStates(this.#runs, { loading: "Loading the runs…" }, (runs) => this.#renderRuns(runs))}`;
  }

  #renderRuns(runs: readonly RunSummary[]): TemplateResult {
    const run = playChoice(this.query).run ?? runs[0]?.id;
    if (run === undefined) {
      return html`<p>
        No run has finished yet, so there are no models to attack. <a href="/new">Start a run</a>, or see how
        far <a href="/">those under way</a> are.
      </p>`;
    }
    return html`<label
        >Run
        <select @change=${this.#chooseRun}>
          ${runs.some(({ id }) => id === run) ? nothing : html`<option value=${run} selected>${run}</option>`}
          ${runs.map(
            ({ id, name, finishedAt }) =>
              html`<option value=${id} ?selected=${id === run}>${name}${finishedText(finishedAt)}</option>`,
          )}
        </select></label
      >
      <gambeson-play-run-panel .run=${run} .query=${this.query}></gambeson-play-run-panel>`;
  }

  readonly #chooseRun = (event: Event): void => {
    const run = (event.target as HTMLSelectElement).value;
    setQuery({ run, seed: null, image: null, class: null, epsilon: null, step: null }, "push");
  };
}

function finishedText(finishedAt: string | null): string {
  if (finishedAt === null) return "";
  const format = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });
  return `, ${format.format(new Date(finishedAt))}`;
}

customElements.define("gambeson-playground-panel", GambesonPlaygroundPanel);

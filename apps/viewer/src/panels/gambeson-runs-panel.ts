import type { RunSummary } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { followRuns } from "../api/follow-runs.ts";
import type { RunsState } from "../api/runs-state.ts";
import { server } from "../api/server.ts";
import { setQuery } from "../app/navigation.ts";
import { addressOf, type Query } from "../app/routes.ts";
import "../elements/gambeson-run-dialogs.ts";
import type { GambesonRunDialogs, RunDecision } from "../elements/gambeson-run-dialogs.ts";
import "../elements/gambeson-run-filters.ts";
import type { QueryChange } from "../elements/gambeson-run-filters.ts";
import "../elements/gambeson-run-table.ts";
import type { RunOrder } from "../elements/gambeson-run-table.ts";
import { createRunRows } from "../view-models/run-rows.ts";
import { choicesIn, chosenRuns, runChoice, type RunChoice } from "../view-models/run-selection.ts";
import { LiveController } from "./live-controller.ts";
import { liveStates } from "./panel-states.ts";

/** How often "5 min ago" and "40 s left" are looked at again. */
const TICK_MS = 1000;
const NO_FILTERS = { q: null, state: null, tag: null, dataset: null };

/** All runs of the server, as they go on. @property query The address' state: see `runChoice`. */
export class GambesonRunsPanel extends LitElement {
  static override properties = {
    query: { attribute: false },
    nowMs: { state: true },
    trouble: { state: true },
  };
  static override styles = [
    controlStyles,
    css`
      .head {
        justify-content: space-between;
      }
      .compare {
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        margin-block-end: 0.5rem;
      }
    `,
  ];
  declare query: Query;
  declare nowMs: number;
  /** Why the last thing that was to be done to a run could not be done; "" where it could. */
  declare trouble: string;
  readonly #live = new LiveController<RunsState>(this, followRuns);
  readonly #rows = createRunRows();
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.query = {};
    this.nowMs = Date.now();
    this.trouble = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticking = setInterval(() => {
      this.nowMs = Date.now();
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  override render(): TemplateResult {
    return html`<div class="row head">
        <h1>Runs</h1>
        <a class="button" href="/new">Start a run</a>
      </div>
      ${liveStates(this.#live, { loading: "Loading the runs…" }, (state) => this.#renderState(state))}
      <gambeson-run-dialogs @decide=${this.#onDecision}></gambeson-run-dialogs>`;
  }

  #renderState(state: RunsState): TemplateResult {
    return html`<p role="status" class="wrong" ?hidden=${state.trouble === null}>${state.trouble}</p>
      <p role="alert" class="wrong" ?hidden=${this.trouble === ""}>${this.trouble}</p>
      ${state.total === 0 ? drawNone() : this.#renderRuns(state)}`;
  }

  #renderRuns({ runs, total, notes }: RunsState): TemplateResult {
    const choice = runChoice(this.query);
    const { datasets, tags } = choicesIn(runs);
    const shown = chosenRuns(runs, choice);
    const rows = this.#rows(shown, notes, this.nowMs);
    return html`<gambeson-run-filters
        .choice=${choice}
        .datasets=${datasets}
        .tags=${tags}
        @query=${this.#onQuery}
      ></gambeson-run-filters>
      <p role="status" class="quiet">${countText(shown.length, runs.length, total)}</p>
      ${drawCompare(choice, runs)}
      ${
        shown.length === 0
          ? html`<p>
              <button
                @click=${() => {
                  setQuery(NO_FILTERS, "push");
                }}
              >
                Show all runs
              </button>
            </p>`
          : html`<gambeson-run-table
              .rows=${rows}
              .choice=${choice}
              @query=${this.#onQuery}
              @order=${this.#onOrder}
            ></gambeson-run-table>`
      }`;
  }

  readonly #onQuery = ({ detail }: CustomEvent<QueryChange>): void => {
    setQuery(detail.changes, detail.how);
  };

  readonly #onOrder = async ({ detail: { id, action } }: CustomEvent<RunOrder>): Promise<void> => {
    const run = this.#live.value?.runs.find((known) => known.id === id);
    const dialogs = this.renderRoot.querySelector<GambesonRunDialogs>("gambeson-run-dialogs");
    if (run === undefined || dialogs === null) return;
    if (action === "edit") await dialogs.ask("change", run);
    else if (action === "delete") await dialogs.ask("delete", run);
    else await this.#do(() => server.runs[action](id));
  };

  readonly #onDecision = async ({ detail }: CustomEvent<RunDecision>): Promise<void> => {
    const { id } = detail;
    if (detail.kind === "delete") await this.#do(() => server.runs.delete(id));
    else await this.#do(() => server.runs.change(id, detail.changes));
  };

  /** What comes of it is told by the event stream. */
  async #do(change: () => Promise<unknown>): Promise<void> {
    try {
      await change();
      this.trouble = "";
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
    }
  }
}

function drawNone(): TemplateResult {
  return html`<p>No runs yet. A run trains models, attacks them, and measures how hard they are to fool.</p>
    <p><a href="/new?preset=quick">Start a quick one</a>: it takes some seconds.</p>`;
}

function drawCompare({ picked }: RunChoice, runs: readonly RunSummary[]): TemplateResult | typeof nothing {
  const there = picked.filter((id) => runs.some((run) => run.id === id));
  if (there.length === 0) return nothing;
  return html`<div class="panel row compare">
    <span>${there.length === 1 ? "1 run picked" : `${there.length} runs picked`}</span>
    <a class="button" href=${addressOf("/compare", { runs: there.join(",") })}>Compare</a>
    <button
      @click=${() => {
        setQuery({ pick: null }, "replace");
      }}
    >
      Pick none
    </button>
  </div>`;
}

function countText(shown: number, loaded: number, total: number): string {
  const count = (value: number) => new Intl.NumberFormat().format(value);
  const runs = (value: number) => (value === 1 ? "1 run" : `${count(value)} runs`);
  const coming = loaded < total ? `; ${count(total - loaded)} more are coming…` : "";
  if (shown === loaded) return `${runs(loaded)}${coming}`;
  return shown === 0
    ? `None of ${runs(loaded)} fits${coming}`
    : `${count(shown)} of ${runs(loaded)}${coming}`;
}

customElements.define("gambeson-runs-panel", GambesonRunsPanel);

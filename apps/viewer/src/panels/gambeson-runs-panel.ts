import type { RunSummary } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { doToRun } from "../api/do-to-run.ts";
import { followRuns } from "../api/follow-runs.ts";
import type { RunsState } from "../view-models/runs-state.ts";
import { setQuery } from "../app/navigation.ts";
import { addressOf, type Query } from "../app/routes.ts";
import "../elements/gambeson-run-dialogs.ts";
import type { GambesonRunDialogs } from "../elements/gambeson-run-dialogs.ts";
import "../elements/gambeson-run-filters.ts";
import type { QueryChange } from "../elements/gambeson-run-filters.ts";
import "../elements/gambeson-run-table.ts";
import type { RunOrder } from "../elements/gambeson-run-table.ts";
import { messageOf } from "../view-models/message-of.ts";
import { countText } from "../view-models/count-text.ts";
import type { RunDecision } from "../view-models/run-actions.ts";
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

  #renderRuns(state: RunsState): TemplateResult {
    const { runs, total, titles } = state;
    const choice = runChoice(this.query);
    const { datasets, tags } = choicesIn(runs, titles);
    const shown = chosenRuns(runs, choice, titles);
    const rows = this.#rows(shown, state, this.nowMs);
    return html`<gambeson-run-filters
        .choice=${choice}
        .datasets=${datasets}
        .tags=${tags}
        @query=${this.#onQuery}
      ></gambeson-run-filters>
      <p role="status" class="quiet">${countText({ shown: shown.length, loaded: runs.length, total })}</p>
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

  readonly #onOrder = async ({ detail: { id, wish } }: CustomEvent<RunOrder>): Promise<void> => {
    const run = this.#live.value?.runs.find((known) => known.id === id);
    const dialogs = this.renderRoot.querySelector<GambesonRunDialogs>("gambeson-run-dialogs");
    if (run === undefined || dialogs === null) return;
    if (wish === "retry") await this.#do(() => doToRun({ kind: wish, id }));
    else await dialogs.ask(wish, run);
  };

  readonly #onDecision = async ({ detail }: CustomEvent<RunDecision>): Promise<void> => {
    await this.#do(() => doToRun(detail));
  };

  /** What comes of it is told by the event stream. */
  async #do(change: () => Promise<unknown>): Promise<void> {
    try {
      await change();
      this.trouble = "";
    } catch (error) {
      this.trouble = messageOf(error);
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
        setQuery({ pick: null }, "push");
      }}
    >
      Pick none
    </button>
  </div>`;
}

customElements.define("gambeson-runs-panel", GambesonRunsPanel);

import type { RunSummary } from "@gambeson/contract";
import "@gambeson/elements";
import { controlStyles } from "@gambeson/elements/styles";
import { Task } from "@lit/task";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { createResultLoader, listAllRuns } from "../api/load-compared.ts";
import { setQuery } from "../app/navigation.ts";
import type { Query } from "../app/routes.ts";
import "../elements/gambeson-compare-picker.ts";
import "../elements/gambeson-comparison.ts";
import { comparedRuns, type ComparedRun } from "../view-models/compared-runs.ts";
import { compareChoice, pickableRuns, runLabels, type CompareChoice } from "../view-models/compare-choice.ts";
import { taskStates } from "./panel-states.ts";

/** Runs beside each other, against one of them. @property query The page's state. */
export class GambesonComparePanel extends LitElement {
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
  readonly #load = createResultLoader();

  readonly #runs = new Task(this, {
    args: () => [],
    task: async (_, { signal }) => {
      const all = await listAllRuns(signal);
      // Those that the address names come first, where they are seen; what is picked later stays where it is.
      const picked = new Set((this.query.runs ?? "").split(","));
      return [...all.filter(({ id }) => picked.has(id)), ...all.filter(({ id }) => !picked.has(id))];
    },
  });

  /** Made anew where the runs or the baseline change, not with every other choice. */
  readonly #results = new Task(this, {
    args: () => {
      const choice = this.#runs.value && this.#choice(this.#runs.value);
      return [choice?.baseline ?? null, ...(choice?.runs ?? []).map(({ id }) => id)];
    },
    task: async ([baseline], { signal }): Promise<readonly ComparedRun[]> => {
      const runs = this.#runs.value === undefined ? [] : this.#choice(this.#runs.value).runs;
      const labels = runLabels(runs);
      const results = await this.#load(runs, signal);
      const named = runs.map(({ id }, i) => ({ id, label: labels.get(id)!, result: results[i]! }));
      return comparedRuns(named, baseline);
    },
  });

  constructor() {
    super();
    this.query = {};
  }

  #choice(all: readonly RunSummary[]): CompareChoice {
    return compareChoice(this.query, all);
  }

  override render(): TemplateResult {
    return html`<h1>Compare</h1>
      ${taskStates(this.#runs, { loading: "Loading the runs…" }, (all) => this.#renderChoice(all))}`;
  }

  #renderChoice(all: readonly RunSummary[]): TemplateResult {
    const choice = this.#choice(all);
    if (!all.some(({ state }) => state === "finished")) {
      return html`<p>
        No run has finished yet. <a href="/new">Start a run</a>, or see <a href="/">all runs</a>.
      </p>`;
    }
    return html`${choice.leftOut.map((text) => html`<p role="note">${text} It is left out.</p>`)}
      <gambeson-compare-picker
        .runs=${pickableRuns(all, choice)}
        .picked=${choice.runs.map(({ id }) => id)}
        .baseline=${choice.baseline}
        .q=${choice.q}
        @pick=${({ detail }: CustomEvent<readonly string[]>) => {
          setQuery({ runs: detail.length === 0 ? null : detail.join(",") }, "push");
        }}
        @baseline-change=${({ detail }: CustomEvent<string>) => {
          setQuery({ baseline: detail }, "push");
        }}
        @search=${({ detail }: CustomEvent<string>) => {
          setQuery({ q: detail === "" ? null : detail }, "replace");
        }}
      ></gambeson-compare-picker>
      ${this.#renderResults(choice)}`;
  }

  #renderResults(choice: CompareChoice): TemplateResult | typeof nothing {
    if (choice.runs.length === 0) return html`<p>Pick two runs or more: the first one is the baseline.</p>`;
    return html`${choice.runs.length === 1 ? html`<p>Pick another run to compare this one with.</p>` : nothing}
    ${taskStates(
      this.#results,
      { loading: "Loading the results…" },
      (runs) =>
        html`<gambeson-comparison
          .runs=${runs}
          .model=${choice.model}
          .label=${choice.label}
          .images=${choice.images}
          .hiddenLines=${choice.hidden}
          @choice-change=${({ detail }: CustomEvent<Readonly<Record<string, string | null>>>) => {
            setQuery(detail, "push");
          }}
        ></gambeson-comparison>`,
    )}`;
  }
}

customElements.define("gambeson-compare-panel", GambesonComparePanel);

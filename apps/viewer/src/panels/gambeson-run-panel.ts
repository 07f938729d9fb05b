import { ProblemError } from "@gambeson/client";
import type { Result, RunChanges } from "@gambeson/contract";
import "@gambeson/elements";
import type { ReportView } from "@gambeson/elements";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { followRun, type FollowedRun } from "../api/follow-run.ts";
import { server } from "../api/server.ts";
import { go, setQuery } from "../app/navigation.ts";
import type { Query } from "../app/routes.ts";
import "../elements/gambeson-confirm.ts";
import type { GambesonConfirm, Question } from "../elements/gambeson-confirm.ts";
import "../elements/gambeson-run-dialogs.ts";
import type { GambesonRunDialogs, RunDecision } from "../elements/gambeson-run-dialogs.ts";
import "../elements/gambeson-run-header.ts";
import type { RunWish } from "../elements/gambeson-run-header.ts";
import "../elements/gambeson-run-course.ts";
import { reportQuery, reportView } from "../view-models/report-query.ts";
import "./gambeson-image-panel.ts";
import { LiveController } from "./live-controller.ts";
import { liveStates } from "./panel-states.ts";

const CANCEL: Question = {
  title: "Cancel this run?",
  text: "What it has done so far is kept: the run can be taken up again.",
  yes: "Cancel the run",
  no: "Let it go on",
};

/**
 * One run as it goes on, and what came out.
 *
 * @property run Its id.
 * @property query The page's state.
 */
export class GambesonRunPanel extends LitElement {
  static override properties = {
    run: {},
    query: { attribute: false },
    trouble: { state: true },
    isBusy: { state: true },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      gambeson-report {
        margin-block-start: 1.5rem;
      }
      details.course {
        margin-block-start: 2rem;
      }
      details.course > summary {
        cursor: pointer;
        font-size: 1.15rem;
        font-weight: 600;
        padding-block: 0.5rem;
      }
      [role="status"] {
        border-inline-start: 4px solid var(--muted);
        padding-inline-start: 0.75rem;
      }
    `,
  ];
  declare run: string;
  declare query: Query;
  /** Why the last wish was not fulfilled; "" where it was. */
  declare trouble: string;
  declare isBusy: boolean;
  readonly #live = new LiveController<FollowedRun>(this, (tell, signal) => followRun(this.run, tell, signal));

  constructor() {
    super();
    this.run = "";
    this.query = {};
    this.trouble = "";
    this.isBusy = false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated && changed.has("run")) this.#live.reset();
  }

  override render(): TemplateResult {
    if (isNone(this.#live.error)) {
      return html`<h1>There is no such run</h1>
        <p>It may have been deleted.</p>
        <p><a href="/">All runs</a></p>`;
    }
    return html`<p><a href="/">All runs</a></p>
      ${this.#live.value === null ? html`<h1>Run</h1>` : nothing}
      ${liveStates(this.#live, { loading: "Loading the run…" }, (followed) => this.#renderRun(followed))}
      <gambeson-confirm></gambeson-confirm>
      <gambeson-run-dialogs @decide=${this.#onDecision}></gambeson-run-dialogs>`;
  }

  #renderRun(followed: FollowedRun): TemplateResult {
    const { run, log, result, trouble } = followed;
    return html`<gambeson-run-header
        .run=${run}
        .isBusy=${this.isBusy}
        @wish=${this.#onWish}
      ></gambeson-run-header>
      ${trouble === null ? nothing : html`<p role="status">${trouble}</p>`}
      ${isLost(this.#live.error) ? this.#renderLost() : nothing}
      ${this.trouble === "" ? nothing : html`<p class="wrong" role="alert">${this.trouble}</p>`}
      ${
        run.state === "finished"
          ? html`${result === null ? this.#renderWaiting() : this.#renderResult(result)}
              <details class="course">
                <summary>How it went: tasks and log</summary>
                <gambeson-run-course .run=${run} .log=${log} .hasCurves=${false}></gambeson-run-course>
              </details>`
          : html`<gambeson-run-course .run=${run} .log=${log}></gambeson-run-course>`
      }`;
  }

  #renderLost(): TemplateResult {
    return html`<p>
      <button class="primary" ?disabled=${this.isBusy} @click=${() => this.#retry()}>
        Do again what is lost
      </button>
    </p>`;
  }

  #renderWaiting(): TemplateResult | typeof nothing {
    return this.#live.error === null ? html`<p role="status" class="quiet">Loading the result…</p>` : nothing;
  }

  #renderResult(result: Result): TemplateResult {
    return html`<gambeson-report
      .result=${result}
      .view=${reportView(this.query)}
      @view-change=${this.#onViewChange}
    >
      <h2 slot="title">What came out</h2>
      <gambeson-image-panel
        slot="images"
        .run=${this.run}
        .result=${result}
        .query=${this.query}
      ></gambeson-image-panel>
    </gambeson-report>`;
  }

  readonly #onViewChange = ({ detail }: CustomEvent<ReportView>): void => {
    const { changes, how } = reportQuery(detail);
    setQuery(changes, how);
  };

  readonly #onWish = async ({ detail }: CustomEvent<RunWish>): Promise<void> => {
    const run = this.#live.value?.run;
    if (run === undefined) return;
    if (detail === "delete" || detail === "change") {
      await this.renderRoot.querySelector<GambesonRunDialogs>("gambeson-run-dialogs")?.ask(detail, run);
    } else if (detail === "retry") {
      await this.#retry();
    } else if (await this.renderRoot.querySelector<GambesonConfirm>("gambeson-confirm")!.ask(CANCEL)) {
      await this.#do(() => server.runs.cancel(run.id));
    }
  };

  async #retry(): Promise<void> {
    await this.#do(() => server.runs.retry(this.run));
    if (this.#live.error !== null) this.#live.restart();
  }

  readonly #onDecision = async ({ detail }: CustomEvent<RunDecision>): Promise<void> => {
    if (detail.kind === "change") await this.#change(detail.id, detail.changes);
    else if (await this.#do(() => server.runs.delete(detail.id))) go("/");
  };

  async #change(id: string, changes: RunChanges): Promise<void> {
    await this.#do(() => server.runs.change(id, changes));
  }

  /** Does something to the run; what comes of it is told by the run's events. @returns Whether it was done. */
  async #do(work: () => Promise<unknown>): Promise<boolean> {
    this.isBusy = true;
    this.trouble = "";
    try {
      await work();
      return true;
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}

/** Whether files of a finished run are gone, which a retry makes anew. */
function isLost(error: unknown): boolean {
  return error instanceof ProblemError && error.code === "ARTEFACT_MISSING";
}

function isNone(error: unknown): boolean {
  return error instanceof ProblemError && error.code === "RUN_NOT_FOUND";
}

customElements.define("gambeson-run-panel", GambesonRunPanel);

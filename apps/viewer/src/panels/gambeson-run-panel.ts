import { ProblemError } from "@gambeson/client";
import type { Result } from "@gambeson/contract";
import "@gambeson/elements";
import type { ReportView } from "@gambeson/elements";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { doToRun } from "../api/do-to-run.ts";
import { followRun, type FollowedRun } from "../api/follow-run.ts";
import { RunDeletedError } from "../api/run-deleted-error.ts";
import { go, setQuery } from "../app/navigation.ts";
import type { Query } from "../app/routes.ts";
import "../elements/gambeson-run-course.ts";
import "../elements/gambeson-run-dialogs.ts";
import type { GambesonRunDialogs } from "../elements/gambeson-run-dialogs.ts";
import "../elements/gambeson-run-header.ts";
import { messageOf } from "../view-models/message-of.ts";
import type { RunDecision, RunWish } from "../view-models/run-actions.ts";
import { reportQuery, reportView } from "../view-models/report-query.ts";
import "./gambeson-image-panel.ts";
import { LiveController } from "./live-controller.ts";
import { liveStates } from "./panel-states.ts";

/**
 * One run as it goes on, and what came out.
 *
 * @property run Its id.
 * @property query The page's state.
 * @fires page-title `detail` is the run's name.
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
  #view: ReportView = {};
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
    if (changed.has("query")) this.#view = reportView(this.query, this.#view);
  }

  override updated(): void {
    const detail = this.#live.value?.run.name;
    if (detail !== undefined) this.dispatchEvent(new CustomEvent("page-title", { detail, bubbles: true }));
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
            ${this.#renderCourse(followed)}`
          : html`<gambeson-run-course .run=${run} .log=${log}></gambeson-run-course>`
      }`;
  }

  #renderCourse({ run, log }: FollowedRun): TemplateResult {
    const isOpen = this.query.course === "open";
    return html`<details class="course" ?open=${isOpen} @toggle=${this.#onCourse}>
      <summary>How it went: tasks and log</summary>
      ${isOpen ? html`<gambeson-run-course .run=${run} .log=${log} .hasCurves=${false}></gambeson-run-course>` : nothing}
    </details>`;
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
    return html`<gambeson-report .result=${result} .view=${this.#view} @view-change=${this.#onViewChange}>
      <h2 slot="title">What came out</h2>
      <gambeson-image-panel
        slot="images"
        .run=${this.run}
        .result=${result}
        .query=${this.query}
      ></gambeson-image-panel>
    </gambeson-report>`;
  }

  readonly #onCourse = (event: Event): void => {
    setQuery({ course: (event.target as HTMLDetailsElement).open ? "open" : null }, "push");
  };

  readonly #onViewChange = ({ detail }: CustomEvent<ReportView>): void => {
    const { changes, how } = reportQuery(detail);
    setQuery(changes, how);
  };

  readonly #onWish = async ({ detail }: CustomEvent<RunWish>): Promise<void> => {
    const run = this.#live.value?.run;
    if (run === undefined) return;
    if (detail === "retry") await this.#retry();
    else await this.renderRoot.querySelector<GambesonRunDialogs>("gambeson-run-dialogs")?.ask(detail, run);
  };

  async #retry(): Promise<void> {
    await this.#do({ kind: "retry", id: this.run });
    if (this.#live.error !== null) this.#live.restart();
  }

  readonly #onDecision = async ({ detail }: CustomEvent<RunDecision>): Promise<void> => {
    const isDone = await this.#do(detail);
    if (isDone && detail.kind === "delete" && this.isConnected && detail.id === this.run) go("/", "replace");
  };

  /** @returns Whether it was done. */
  async #do(decision: RunDecision): Promise<boolean> {
    this.isBusy = true;
    this.trouble = "";
    try {
      await doToRun(decision);
      return true;
    } catch (error) {
      this.trouble = messageOf(error);
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
  return (
    error instanceof RunDeletedError || (error instanceof ProblemError && error.code === "RUN_NOT_FOUND")
  );
}

customElements.define("gambeson-run-panel", GambesonRunPanel);

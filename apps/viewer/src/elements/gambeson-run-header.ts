import type { Run } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { runFiles, type RunFileLink } from "../view-models/run-files.ts";
import type { RunWish } from "../view-models/run-actions.ts";
import { runHeader, type RunHeader } from "../view-models/run-header.ts";

/**
 * `<gambeson-run-header>`: what a run is, how far it is, and what can be done with it.
 *
 * @property run The run; null for nothing.
 * @property isBusy Whether a wish is being fulfilled.
 * @fires wish `detail` is a RunWish.
 */
export class GambesonRunHeader extends LitElement {
  static override properties = { run: { attribute: false }, isBusy: { type: Boolean } };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      h1 {
        margin-block-end: 0.25rem;
      }
      progress {
        width: 100%;
      }
      .state {
        margin: 0;
        font-weight: 600;
      }
      .now {
        margin: 0;
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
      .warning,
      .failure {
        border: 2px solid var(--wrong);
        border-radius: 0.6rem;
        padding: 0.5rem 1rem;
        margin-block: 0.75rem;
      }
      .warning {
        font-weight: 600;
      }
      .failure pre {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        font-size: 0.9rem;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr));
        gap: 0.4rem 1.5rem;
        margin-block: 0.75rem;
      }
      dt {
        color: var(--muted);
        font-size: 0.85rem;
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      .tag {
        border: 1px solid var(--muted);
        border-radius: 1rem;
        padding: 0 0.6rem;
        min-height: 1.6rem;
        display: inline-flex;
        align-items: center;
        text-decoration: none;
      }
      .notes {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .row {
        gap: 0.5rem;
        margin-block: 0.5rem;
      }
      summary {
        cursor: pointer;
        padding-block: 0.3rem;
      }
      ul {
        margin: 0.25rem 0;
        padding-inline-start: 1.2rem;
        columns: 16rem;
      }
      li {
        padding-block: 0.15rem;
      }
      @media (max-width: 40rem) {
        dl {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      @media print {
        .row,
        details {
          display: none;
        }
      }
    `,
  ];
  declare run: Run | null;
  declare isBusy: boolean;
  /** Whether the reader has asked for something that has not changed the run's state yet. */
  #hasAsked = false;

  constructor() {
    super();
    this.run = null;
    this.isBusy = false;
  }

  /** Where the button that was pressed is gone, who goes by keys goes on from the state that it led to. */
  override updated(changed: PropertyValues<this>): void {
    const before = changed.get("run");
    if (!this.#hasAsked || before == null || before.state === this.run?.state) return;
    this.#hasAsked = false;
    if (document.activeElement === document.body) {
      this.renderRoot.querySelector<HTMLElement>(".state")?.focus({ preventScroll: true });
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { run } = this;
    if (run === null) return nothing;
    const header = runHeader(run, Date.now());
    const isFinished = run.state === "finished";
    return html`<h1>${run.name}</h1>
      <p class="state" tabindex="-1">${header.stateText}</p>
      ${
        header.share === null
          ? nothing
          : html`<progress max="1" .value=${header.share} aria-label=${`Progress of ${run.name}`}></progress>`
      }
      ${header.now.map((text) => html`<p class="now quiet">${text}</p>`)}
      ${header.warning === null || isFinished ? nothing : html`<p class="warning" role="note">${header.warning}</p>`}
      ${header.failures.length === 0 ? nothing : drawFailures(header)}
      ${run.tags.length === 0 ? nothing : drawTags(run.tags)}
      ${run.notes === "" ? nothing : html`<p class="notes">${run.notes}</p>`}
      <dl>
        ${header.facts.map(
          ([term, text]) =>
            html`<div>
              <dt>${term}</dt>
              <dd>${text}</dd>
            </div>`,
        )}
      </dl>
      <div class="row">${this.#renderActions(run, header)}</div>
      ${isFinished ? drawFiles(run) : nothing}`;
  }

  #renderActions(run: Run, { actions }: RunHeader): TemplateResult {
    return html`${
      run.state === "finished"
        ? html`<a class="button" href=${`/play?run=${run.id}`}>Open in the playground</a>
            <a class="button" href=${`/compare?runs=${run.id}`}>Compare with other runs</a>`
        : nothing
    }
    ${actions.includes("retry") ? this.#button("retry", "Try again", "primary") : nothing}
    ${actions.includes("cancel") ? this.#button("cancel", "Cancel the run…") : nothing}
    ${this.#button("change", "Name, tags and notes…")}
    ${actions.includes("delete") ? this.#button("delete", "Delete…") : nothing}`;
  }

  #button(wish: RunWish, text: string, kind = ""): TemplateResult {
    return html`<button
      class=${kind}
      ?disabled=${this.isBusy}
      @click=${() => {
        this.#hasAsked = wish === "cancel" || wish === "retry";
        this.dispatchEvent(new CustomEvent("wish", { detail: wish }));
      }}
    >
      ${text}
    </button>`;
  }
}

function drawFailures({ failures }: RunHeader): TemplateResult {
  return html`<div class="failure" role="alert">
    ${failures.map(
      ({ title, error }) =>
        html`<p><strong class="wrong">${title} failed.</strong></p>
          <pre>${error}</pre>`,
    )}
    <p>Put right what the message names, then try again: what is done already is kept.</p>
  </div>`;
}

function drawTags(tags: readonly string[]): TemplateResult {
  return html`<div class="row" role="group" aria-label="Tags">
    ${tags.map((tag) => html`<a class="tag" href=${`/?${new URLSearchParams({ tag }).toString()}`}>${tag}</a>`)}
  </div>`;
}

function drawFiles(run: Run): TemplateResult {
  const { report, result, tables, weights } = runFiles(run);
  const save = ({ text, address }: RunFileLink) => html`<a href=${address} download>${text}</a>`;
  return html`<div class="row">
      <a class="button" href=${report.address}>Report as one page</a>
      <a class="button" href=${report.address} download=${`${run.config.name}-report.html`}
        >Save the report</a
      >
      <a class="button" href=${result.address} download=${`${run.config.name}-result.json`}
        >Save result.json</a
      >
    </div>
    <details>
      <summary>Tables and weights as files</summary>
      <p class="quiet">Tables</p>
      <ul>
        ${tables.map((file) => html`<li>${save(file)}</li>`)}
      </ul>
      <p class="quiet">Trained weights, safetensors</p>
      <ul>
        ${weights.map((file) => html`<li>${save(file)}</li>`)}
      </ul>
    </details>`;
}

customElements.define("gambeson-run-header", GambesonRunHeader);

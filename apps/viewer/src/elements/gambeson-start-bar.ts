import type { RunSummary } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { PlacedIssues } from "../view-models/start-form.ts";

type Wrong = Pick<PlacedIssues, "fields" | "others">;

/**
 * The end of a form that starts a run: the button, and what there is to say before it is pressed and after.
 *
 * @property wrong What must be corrected first.
 * @property estimate How long the run takes, in words.
 * @property trouble Why the run could not be started, a sentence; "" where nothing went wrong.
 * @property isBusy Whether it is being started.
 * @property there An equal run that there is already; null where there is none.
 * @fires start When the button is pressed, also while something must be corrected; `detail` is whether also where an equal one has been done.
 * @fires show-field When the reader asks for a field that must be corrected; `detail` is its path.
 */
export class GambesonStartBar extends LitElement {
  static override properties = {
    wrong: { attribute: false },
    estimate: {},
    trouble: {},
    isBusy: { type: Boolean },
    there: { attribute: false },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        position: sticky;
        inset-block-end: 0;
        z-index: 1;
      }
      .panel {
        box-shadow: 0 -0.25rem 1rem rgb(0 0 0 / 8%);
      }
      /* Pressed all the same, it leads to what must be corrected. */
      button[aria-disabled="true"],
      button[aria-disabled="true"]:hover:enabled {
        color: var(--muted);
        background: var(--paper);
        border-style: dashed;
      }
      p {
        margin: 0;
        flex: 1 1 16rem;
      }
      .field {
        min-height: 1.75rem;
        padding: 0 0.5rem;
        margin: 0.1rem 0.2rem 0.1rem 0;
      }
    `,
  ];
  declare wrong: Wrong;
  declare estimate: string;
  declare trouble: string;
  declare isBusy: boolean;
  declare there: RunSummary | null;

  constructor() {
    super();
    this.wrong = { fields: [], others: [] };
    this.estimate = "";
    this.trouble = "";
    this.isBusy = false;
    this.there = null;
  }

  override render(): TemplateResult {
    const { wrong, estimate, trouble, isBusy, there } = this;
    const isRight = wrong.fields.length + wrong.others.length === 0;
    return html`<div class="panel row">
      <button
        class="primary"
        ?disabled=${isBusy}
        aria-disabled=${isRight ? nothing : "true"}
        @click=${() => {
          this.#start(false);
        }}
      >
        Start the run
      </button>
      <p role="status" class=${isRight ? "" : "wrong"}>${isRight ? estimate : this.#renderWrong(wrong)}</p>
      ${there === null ? nothing : this.#renderThere(there)}
      ${trouble === "" ? nothing : html`<p class="wrong" role="alert">${trouble}</p>`}
    </div>`;
  }

  #renderWrong({ fields, others }: Wrong): TemplateResult {
    const names = fields.map(
      ({ path, label }) =>
        html`<button
          class="field"
          @click=${() => this.dispatchEvent(new CustomEvent("show-field", { detail: path }))}
        >
          ${label}
        </button> `,
    );
    return html`Correct first: ${names} ${others.join("; ")}`;
  }

  #renderThere({ id, name }: RunSummary): TemplateResult {
    return html`<p role="alert">
      This has been run already, with the same code: <a href=${`/runs/${id}`}>${name}</a>.
      <button
        @click=${() => {
          this.#start(true);
        }}
      >
        Run it again anyway
      </button>
    </p>`;
  }

  #start(fresh: boolean): void {
    this.dispatchEvent(new CustomEvent("start", { detail: fresh }));
  }
}

customElements.define("gambeson-start-bar", GambesonStartBar);

import type { RunSummary } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";

/**
 * The end of a form that starts a run: the button, and what there is to say before it is pressed and after.
 *
 * @property wrong What must be mended first, in words; "" where nothing must.
 * @property estimate How long the run takes, in words.
 * @property trouble Why the run could not be started, a sentence; "" where nothing went wrong.
 * @property isBusy Whether it is being started.
 * @property there An equal run that there is already; null where there is none.
 * @fires start When the button is pressed, also while something must be mended; `detail` is whether also where an equal one has been done.
 */
export class GambesonStartBar extends LitElement {
  static override properties = {
    wrong: {},
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
      /* Pressed all the same, it leads to what must be mended. */
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
    `,
  ];
  declare wrong: string;
  declare estimate: string;
  declare trouble: string;
  declare isBusy: boolean;
  declare there: RunSummary | null;

  constructor() {
    super();
    this.wrong = "";
    this.estimate = "";
    this.trouble = "";
    this.isBusy = false;
    this.there = null;
  }

  override render(): TemplateResult {
    const { wrong, estimate, trouble, isBusy, there } = this;
    return html`<div class="panel row">
      <button
        class="primary"
        ?disabled=${isBusy}
        aria-disabled=${wrong === "" ? nothing : "true"}
        @click=${() => {
          this.#start(false);
        }}
      >
        Start the run
      </button>
      <p role="status" class=${wrong === "" ? "" : "wrong"}>${wrong === "" ? estimate : wrong}</p>
      ${there === null ? nothing : this.#renderThere(there)}
      ${trouble === "" ? nothing : html`<p class="wrong" role="alert">${trouble}</p>`}
    </div>`;
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

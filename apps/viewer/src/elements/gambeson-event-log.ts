import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { LogLine } from "../view-models/log-lines.ts";

/** So near to the end, in pixels, the reader is at the end. */
const END_PX = 24;

/** `<gambeson-event-log>`: what happened, newest last; it stays at the end unless the reader has scrolled away from it. @property lines What to show. */
export class GambesonEventLog extends LitElement {
  static override properties = { lines: { attribute: false } };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      div {
        max-height: 18rem;
        overflow-y: auto;
        font-size: 0.9rem;
      }
      p {
        margin: 0;
        display: flex;
        gap: 0.75rem;
        overflow-wrap: anywhere;
      }
      time {
        flex: none;
        color: var(--muted);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
  declare lines: readonly LogLine[];
  #isAtEnd = true;

  constructor() {
    super();
    this.lines = [];
  }

  override render(): TemplateResult {
    return html`<div class="panel" role="log" aria-label="Log" tabindex="0" @scroll=${this.#onScroll}>
      ${repeat(
        this.lines,
        ({ id }) => id,
        ({ at, time, text, isTrouble }) =>
          html`<p class=${isTrouble ? "wrong" : ""}>
            <time datetime=${at}>${time}</time><span>${text}</span>
          </p>`,
      )}
    </div>`;
  }

  override updated(): void {
    const box = this.renderRoot.querySelector("div");
    if (box !== null && this.#isAtEnd) box.scrollTop = box.scrollHeight;
  }

  readonly #onScroll = (event: Event): void => {
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget as Element;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < END_PX;
  };
}

customElements.define("gambeson-event-log", GambesonEventLog);

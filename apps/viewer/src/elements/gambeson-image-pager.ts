import { numberText } from "@gambeson/elements/numbers";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type TemplateResult } from "lit";
import { PAGE_SIZES } from "../view-models/image-choice.ts";

/** Where a reader wants to go among the images. */
export type PageWish = "first" | "previous" | "next" | "last";

/**
 * `<gambeson-image-pager>`: goes through the test set.
 *
 * @property from Position from which on images are shown. @property next Where the next page begins; null on the last one.
 * @property count Images in the test set. @property size Images a page. @property isBusy Whether a page is being looked for.
 * @fires page `detail` is a PageWish. @fires from-change `detail` is a position. @fires size-change `detail` is the size.
 */
export class GambesonImagePager extends LitElement {
  static override properties = {
    from: { type: Number },
    next: { attribute: false },
    count: { type: Number },
    size: { type: Number },
    isBusy: { type: Boolean },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .row {
        gap: 0.4rem 0.5rem;
      }
      input {
        width: 6.5rem;
      }
      label,
      form {
        display: inline-flex;
        align-items: center;
        gap: 0.4rem;
      }
    `,
  ];
  declare from: number;
  declare next: number | null;
  declare count: number;
  declare size: number;
  declare isBusy: boolean;

  constructor() {
    super();
    this.from = 0;
    this.next = null;
    this.count = 0;
    this.size = PAGE_SIZES[0];
    this.isBusy = false;
  }

  override render(): TemplateResult {
    const [isFirst, isLast] = [this.from === 0, this.next === null];
    return html`<div class="row" role="group" aria-label="Pages of images">
      ${this.#button("first", "First", isFirst)} ${this.#button("previous", "Previous", isFirst)}
      ${this.#button("next", "Next", isLast)} ${this.#button("last", "Last", isLast)}
      <form @submit=${this.#onGo}>
        <label
          >From no. <input type="number" min="0" max=${this.count - 1} required .value=${String(this.from)}
        /></label>
        <button>Go</button>
      </form>
      <label
        >Images a page
        <select
          @change=${(event: Event) => {
            const detail = Number((event.target as HTMLSelectElement).value);
            this.dispatchEvent(new CustomEvent("size-change", { detail }));
          }}
        >
          ${PAGE_SIZES.map(
            (size) =>
              html`<option value=${size} .selected=${size === this.size}>${numberText(size)}</option>`,
          )}
        </select></label
      >
    </div>`;
  }

  #button(wish: PageWish, text: string, isEnd: boolean): TemplateResult {
    return html`<button
      ?disabled=${isEnd || this.isBusy}
      @click=${() => this.dispatchEvent(new CustomEvent("page", { detail: wish }))}
    >
      ${text}
    </button>`;
  }

  readonly #onGo = (event: Event): void => {
    event.preventDefault();
    const detail = Number(this.renderRoot.querySelector("input")!.value);
    this.dispatchEvent(new CustomEvent("from-change", { detail }));
  };
}

customElements.define("gambeson-image-pager", GambesonImagePager);

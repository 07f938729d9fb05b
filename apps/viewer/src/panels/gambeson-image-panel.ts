import type { Result } from "@gambeson/contract";
import "@gambeson/elements";
import { fourDecimalsText } from "@gambeson/elements/numbers";
import { controlStyles } from "@gambeson/elements/styles";
import { Task, TaskStatus } from "@lit/task";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { findPageBefore, loadImages, type LoadedImages, type WantedImages } from "../api/load-images.ts";
import { setQuery } from "../app/navigation.ts";
import { shortText } from "../app/query-values.ts";
import type { Query } from "../app/routes.ts";
import "../elements/gambeson-image-filters.ts";
import type { ImageChanges } from "../elements/gambeson-image-filters.ts";
import "../elements/gambeson-image-pager.ts";
import type { PageWish } from "../elements/gambeson-image-pager.ts";
import { fromText, imageChoice, totalSentence, type ImageChoice } from "../view-models/image-choice.ts";
import { loadedItems } from "../view-models/loaded-items.ts";
import { messageOf } from "../view-models/message-of.ts";
import { abortOnLeave } from "./abort-on-leave.ts";
import { taskStates } from "./panel-states.ts";

/** A page of images, and what was chosen when it was asked for. */
interface Page {
  readonly loaded: LoadedImages;
  readonly asked: ImageChoice;
}

/**
 * The whole test set of a run, a page at a time: every image beside what attacks made of it.
 *
 * @property run Its id. @property result What came out of it. @property query The page's state.
 */
export class GambesonImagePanel extends LitElement {
  static override properties = {
    run: {},
    result: { attribute: false },
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
      .images[aria-busy="true"] {
        opacity: 0.6;
      }
      gambeson-image-pager {
        margin-block-start: 0.75rem;
      }
      gambeson-image-filters {
        margin-block: 0.5rem;
      }
    `,
  ];
  declare run: string;
  declare result: Result | null;
  declare query: Query;
  declare trouble: string;
  /** Whether a page is being looked for. */
  declare isBusy: boolean;
  /** Of looking for a page. */
  #stop = new AbortController();

  readonly #images = new Task(this, {
    args: () => [
      this.run,
      this.result,
      ...(this.result === null ? [] : whichOf(imageChoice(this.query, this.result))),
    ],
    task: async (_, { signal }): Promise<Page> => {
      if (this.result === null)
        throw new Error("Cannot load images as there must be a result: current value is none");
      // A page that is looked for among the images of before is not wanted any more.
      this.#stop.abort();
      const asked = imageChoice(this.query, this.result);
      return { asked, loaded: await loadImages(this.#wanted(asked), signal) };
    },
  });

  constructor() {
    super();
    this.run = "";
    this.result = null;
    this.query = {};
    this.trouble = "";
    this.isBusy = false;
    abortOnLeave(this, this.#images);
  }

  /** An address that names a place where no image is says from then on what is shown. */
  override updated(changed: PropertyValues<this>): void {
    if (this.result === null || !(changed.has("query") || changed.has("result"))) return;
    const from = fromText(imageChoice(this.query, this.result).from);
    if (from !== (this.query.from ?? null)) setQuery({ from }, "replace");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop.abort();
  }

  #wanted({ seed, model, label, fooled, correct, from, size }: ImageChoice): WantedImages {
    return { run: this.run, seed, model, label, fooled, correct, from, size };
  }

  override render(): TemplateResult | typeof nothing {
    const { result } = this;
    if (result === null) return nothing;
    const choice = imageChoice(this.query, result);
    const isBusy = this.#images.status === TaskStatus.PENDING;
    return html`<gambeson-image-filters
        .result=${result}
        .choice=${choice}
        @choice-change=${({ detail }: CustomEvent<ImageChanges>) => {
          setQuery(detail, "push");
        }}
        @epsilon-change=${({ detail }: CustomEvent<number>) => {
          setQuery({ fgs: shortText(detail) }, "replace");
        }}
      ></gambeson-image-filters>
      ${this.trouble === "" ? nothing : html`<p class="wrong" role="alert">${this.trouble}</p>`}
      <div class="images" aria-busy=${String(isBusy)}>
        ${taskStates(this.#images, { loading: "Loading the images…" }, (page) =>
          this.#renderImages(page, choice, result),
        )}
      </div>`;
  }

  /** The images that are here, which are not those of `chosen` while those are on their way; how they are shown it says already. */
  #renderImages({ loaded, asked }: Page, chosen: ImageChoice, result: Result): TemplateResult {
    const { images, total, next } = loaded;
    const { epsilon, amplify, hasDifference } = chosen;
    const choice = { ...asked, epsilon, amplify, hasDifference };
    const { fgs, samples } = result.config.evaluation;
    const step = { epsilon: choice.epsilon, askedAt: samples.epsilon, clip: fgs.clip };
    return html`<p role="status">
        ${totalSentence(choice, total, result.dataset)}${step.epsilon === step.askedAt ? nothing : html` What the models say to FGS is known at ε ${fourDecimalsText(step.askedAt)}.`}
      </p>
      ${
        images.length === 0
          ? html`<p>
              None of them${choice.from > 0 ? ` from no. ${choice.from} on` : ""}. Choose others above.
            </p>`
          : html`<gambeson-image-grid
              name=${`images-${choice.model}`}
              .items=${guard([images, step.epsilon], () => loadedItems(images, step))}
              .classNames=${result.dataset.classNames}
              .amplify=${choice.amplify}
              .hasDifference=${choice.hasDifference}
              @amplify-change=${({ detail }: CustomEvent<number>) => {
                setQuery({ amplify: String(detail) }, "replace");
              }}
              @difference-change=${({ detail }: CustomEvent<boolean>) => {
                setQuery({ difference: detail ? null : "false" }, "push");
              }}
            ></gambeson-image-grid>`
      }
      <gambeson-image-pager
        .from=${choice.from}
        .next=${next}
        .count=${result.dataset.test.count}
        .size=${choice.size}
        .isBusy=${this.isBusy || !hasSameFilters(asked, chosen)}
        @page=${({ detail }: CustomEvent<PageWish>) => this.#turn(detail, choice, next)}
        @from-change=${({ detail }: CustomEvent<number>) => {
          this.#goTo(detail);
        }}
        @size-change=${({ detail }: CustomEvent<number>) => {
          setQuery({ size: String(detail) }, "push");
        }}
      ></gambeson-image-pager>`;
  }

  async #turn(wish: PageWish, choice: ImageChoice, next: number | null): Promise<void> {
    if (wish === "first") this.#goTo(0);
    if (wish === "next" && next !== null) this.#goTo(next);
    if (wish === "first" || wish === "next") return;
    const before = wish === "previous" ? choice.from : this.result!.dataset.test.count;
    this.#stop.abort();
    const { signal } = (this.#stop = new AbortController());
    this.isBusy = true;
    this.trouble = "";
    try {
      const from = await findPageBefore(this.#wanted(choice), before, signal);
      if (!signal.aborted) this.#goTo(from);
    } catch (error) {
      if (!signal.aborted) this.trouble = messageOf(error);
    } finally {
      if (this.#stop.signal === signal) this.isBusy = false;
    }
  }

  #goTo(from: number): void {
    setQuery({ from: fromText(from) }, "push");
  }
}

function hasSameFilters(a: ImageChoice, b: ImageChoice): boolean {
  return filtersOf(a).every((filter, i) => filter === filtersOf(b)[i]);
}

function filtersOf({ seed, model, label, fooled, correct }: ImageChoice): readonly unknown[] {
  return [seed, model, label, fooled, correct];
}

/** What decides which images are loaded; how they are shown does not. */
function whichOf(choice: ImageChoice): readonly unknown[] {
  return [...filtersOf(choice), choice.from, choice.size];
}

customElements.define("gambeson-image-panel", GambesonImagePanel);

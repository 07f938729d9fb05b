import { controlStyles } from "@gambeson/elements/styles";
import { themeStyles } from "@gambeson/elements/theme";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { html as staticHtml, unsafeStatic } from "lit/static-html.js";
import { isServerThere } from "../api/is-server-there.ts";
import { deepQuery } from "../elements/deep-query.ts";
import { chooseScheme, chosenScheme, COLOUR_SCHEMES, type ColourScheme } from "./colour-scheme.ts";
import "./gambeson-help.ts";
import type { GambesonHelp } from "./gambeson-help.ts";
import { currentQuery, followLinks, go, keptScroll, onAddress, resume } from "./navigation.ts";
import { PAGES } from "./pages.ts";
import { routeOf, type Query, type Route } from "./routes.ts";
import { scrollToPlace } from "./scroll-to-place.ts";

const LINKS = [
  { page: "runs", address: "/", text: "Runs" },
  { page: "new", address: "/new", text: "Start a run" },
  { page: "compare", address: "/compare", text: "Compare" },
  { page: "play", address: "/play", text: "Playground" },
] as const;

const SCHEME_NAMES = { system: "Auto", light: "Light", dark: "Dark" } as const satisfies Record<
  ColourScheme,
  string
>;

/** What "/" leads to. */
const SEARCH_FIELD = "[data-search]";
/** How long a page may take to show its search field. */
const SEARCH_FRAMES = 300;
/** Between two looks at a server that does not answer. */
const AGAIN_MS = 1000;

/** All of the page: ways to go, and the page that the address names, which is told the address' state. */
export class GambesonApp extends LitElement {
  static override properties = {
    route: { state: true },
    query: { state: true },
    loaded: { state: true },
    trouble: { state: true },
  };
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
        min-height: 100vh;
        color: var(--ink);
        background: var(--page);
      }
      header {
        border-block-end: 1px solid var(--grid);
        background: var(--paper);
      }
      header > .row,
      main {
        max-width: 76rem;
        margin: 0 auto;
        padding: 0.6rem 1rem;
      }
      main {
        padding-block: 1.5rem 4rem;
      }
      main:focus {
        outline: none;
      }
      .brand {
        font-weight: 700;
        color: var(--ink);
        text-decoration: none;
        display: inline-flex;
        gap: 0.5rem;
        align-items: center;
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem;
        flex: 1;
      }
      nav a {
        padding: 0.35rem 0.6rem;
        border-radius: 0.4rem;
        text-decoration: none;
        white-space: nowrap;
      }
      nav a[aria-current] {
        font-weight: 600;
        text-decoration: underline;
        text-underline-offset: 0.3em;
        text-decoration-thickness: 2px;
      }
      .skip {
        position: absolute;
        inset-inline-start: 1rem;
        inset-block-start: -4rem;
        background: var(--paper);
        padding: 0.5rem 1rem;
        z-index: 2;
      }
      .skip:focus {
        inset-block-start: 0.25rem;
      }
      @media (max-width: 40rem) {
        header > .row {
          gap: 0.25rem;
        }
        nav {
          order: 3;
          flex-basis: 100%;
          gap: 0;
        }
        nav a {
          padding-inline: 0.4rem;
        }
        nav a:first-child {
          padding-inline-start: 0;
        }
        .tools {
          margin-inline-start: auto;
        }
      }
      @media print {
        header {
          display: none;
        }
      }
    `,
  ];
  declare route: Route;
  declare query: Query;
  /** Tags of the pages that can be shown. */
  declare loaded: ReadonlySet<string>;
  declare trouble: string;
  #stop = new AbortController();
  #scrolling = new AbortController();

  constructor() {
    super();
    resume();
    this.route = routeOf(location.pathname);
    this.query = currentQuery();
    this.loaded = new Set();
    this.trouble = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = (this.#stop = new AbortController());
    chooseScheme(chosenScheme());
    followLinks(signal);
    onAddress(this.#read, signal);
    addEventListener("keydown", this.#onKey, { signal });
    this.#enter();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop.abort();
  }

  readonly #read = (): void => {
    const route = routeOf(location.pathname);
    const { section } = this.query;
    this.query = currentQuery();
    if (JSON.stringify(route) === JSON.stringify(this.route)) {
      if (this.query.section !== section) void this.#scroll();
      return;
    }
    this.route = route;
    this.#enter();
    // A reader who hears the page is told that it is another one.
    this.renderRoot.querySelector("main")?.focus({ preventScroll: true });
  };

  #enter(): void {
    const { route } = this;
    const page = route.page === "unknown" ? null : PAGES[route.page];
    document.title = titleOf(page?.title.toLowerCase() ?? "no such page");
    void this.#scroll();
    if (page === null) return;
    this.trouble = "";
    page.load().then(
      () => {
        this.loaded = new Set([...this.loaded, page.tag]);
      },
      () => {
        if (route !== this.route) return;
        this.trouble =
          "This page could not be loaded: the server does not answer, or has been replaced by a newer one.";
        void this.#reloadOnceBack(route);
      },
    );
  }

  /** A page that could not be loaded as the server was gone is, once it is back. */
  async #reloadOnceBack(route: Route): Promise<void> {
    if (await isServerThere()) return;
    while (route === this.route) {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      if (!(await isServerThere())) continue;
      location.reload();
      return;
    }
  }

  /** To where the reader left the page, or to the part that its address names. */
  async #scroll(): Promise<void> {
    this.#scrolling.abort();
    const { signal } = (this.#scrolling = new AbortController());
    const place = { scroll: keptScroll(), section: this.query.section };
    await this.updateComplete;
    await scrollToPlace(this.renderRoot, place, signal);
  }

  override render(): TemplateResult {
    return html`<header>
        <button class="skip" @click=${this.#skip}>To the content</button>
        <div class="row">
          <a class="brand" href="/"><img src="/gambeson.svg" alt="" width="24" height="24" />Gambeson</a>
          <nav aria-label="Pages">
            ${LINKS.map(
              ({ page, address, text }) =>
                html`<a href=${address} aria-current=${this.route.page === page ? "page" : nothing}
                  >${text}</a
                >`,
            )}
          </nav>
          <div class="tools row">
            ${this.#renderScheme()}<button aria-label="Help: keys and words" @click=${this.#help}>?</button>
          </div>
        </div>
      </header>
      <main id="main" tabindex="-1" @page-title=${this.#onTitle}>${this.#renderPage()}</main>
      <gambeson-help></gambeson-help>`;
  }

  /** A page that is one of many says which. */
  readonly #onTitle = ({ detail }: CustomEvent<string>): void => {
    document.title = titleOf(detail);
  };

  #renderScheme(): TemplateResult {
    const chosen = chosenScheme();
    return html`<select
      aria-label="Colours"
      @change=${(event: Event) => {
        chooseScheme((event.target as HTMLSelectElement).value as ColourScheme);
      }}
    >
      ${Object.keys(COLOUR_SCHEMES).map(
        (scheme) =>
          html`<option value=${scheme} ?selected=${scheme === chosen}>
            ${SCHEME_NAMES[scheme as ColourScheme]}
          </option>`,
      )}
    </select>`;
  }

  #renderPage(): TemplateResult {
    if (this.route.page === "unknown") {
      return html`<h1>No such page</h1>
        <p><a href="/">All runs</a></p>`;
    }
    const { tag } = PAGES[this.route.page];
    if (this.trouble !== "") {
      return html`<h1>${PAGES[this.route.page].title}</h1>
        <p role="alert">${this.trouble}</p>
        <button
          @click=${() => {
            location.reload();
          }}
        >
          Load it again
        </button>`;
    }
    if (!this.loaded.has(tag)) return html`<p role="status" class="quiet">Loading…</p>`;
    const run = this.route.page === "run" ? this.route.run : nothing;
    const name = unsafeStatic(tag); // One of PAGES.
    return staticHtml`<${name} run=${run} .query=${this.query}></${name}>`;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0];
    const isTyping =
      target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?" && !this.#hasDialog) this.#help();
    if (event.key === "/" && !this.#hasDialog) {
      event.preventDefault();
      if (deepQuery(this.renderRoot, SEARCH_FIELD) === null) go("/");
      void this.#focusSearch();
    }
  };

  /** Whether a dialog is open, which has all keys. */
  get #hasDialog(): boolean {
    return deepQuery(this.renderRoot, ":modal") !== null;
  }

  /** Once the page has drawn it: it may have to be loaded. */
  async #focusSearch(): Promise<void> {
    for (let frame = 0; frame < SEARCH_FRAMES; frame++) {
      const field = deepQuery(this.renderRoot, SEARCH_FIELD);
      if (field !== null) {
        field.focus();
        return;
      }
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  readonly #help = (): void => {
    this.renderRoot.querySelector<GambesonHelp>("gambeson-help")?.show();
  };

  readonly #skip = (): void => {
    this.renderRoot.querySelector("main")?.focus();
  };
}

function titleOf(page: string): string {
  return `Gambeson: ${page}`;
}

customElements.define("gambeson-app", GambesonApp);

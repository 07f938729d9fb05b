import "@gambeson/elements";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { followRun, type LoadedRun } from "../api/load-run.ts";
import { runRows } from "../view-models/run-rows.ts";

/** One run as it goes on, and what came out. @property run Its id. */
export class GambesonRunPanel extends LitElement {
  static override properties = { run: {}, loaded: { state: true }, trouble: { state: true } };
  static override styles = css`
    p {
      color: var(--quiet);
      overflow-wrap: anywhere;
    }
    h2 {
      font-size: 1.2rem;
      overflow-wrap: anywhere;
    }
    a {
      color: var(--accent);
    }
  `;
  declare run: string;
  declare loaded: LoadedRun | null;
  declare trouble: string | null;
  #stop = new AbortController();

  constructor() {
    super();
    this.run = "";
    this.loaded = null;
    this.trouble = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = new AbortController();
    void this.#follow(this.#stop.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop.abort();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    try {
      await followRun(
        this.run,
        (loaded) => {
          this.loaded = loaded;
        },
        signal,
      );
    } catch (error) {
      if (!signal.aborted) this.trouble = error instanceof Error ? error.message : String(error);
    }
  }

  override render(): TemplateResult {
    return html`<p><a href="/">All runs</a></p>
      <p role="status">${this.trouble ?? (this.loaded === null ? "Loading…" : "")}</p>
      ${this.loaded === null ? nothing : drawRun(this.loaded)}`;
  }
}

function drawRun({ run, result }: LoadedRun): TemplateResult {
  const [row] = runRows([run], new Map());
  const epsilon = new URLSearchParams(location.search).get("epsilon");
  return html`<h1>${run.name}</h1>
    <p>${row?.stateText} · ${row?.note}</p>
    ${row?.share == null ? nothing : html`<progress max="1" .value=${row.share} aria-label="Progress"></progress>`}
    ${
      result === null
        ? nothing
        : html`<h3>Accuracy under attack</h3>
            <gambeson-accuracy-curve
              .result=${result}
              .epsilon=${epsilon === null ? null : Number(epsilon)}
              @epsilon-change=${rememberEpsilon}
            ></gambeson-accuracy-curve>
            <p><a href=${row?.report ?? nothing}>Report: tables, figures and images</a></p>`
    }`;
}

/** The address shows exactly this. */
function rememberEpsilon({ detail }: CustomEvent<number>): void {
  const address = new URL(location.href);
  address.searchParams.set("epsilon", detail.toFixed(6));
  history.replaceState(null, "", address);
}

customElements.define("gambeson-run-panel", GambesonRunPanel);

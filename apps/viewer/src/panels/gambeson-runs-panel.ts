import { css, html, LitElement, type TemplateResult } from "lit";
import { followRuns, type RunsState } from "../api/follow-runs.ts";
import { runRows } from "../view-models/run-rows.ts";

/** All runs of the server that the page came from, as they go on. */
export class GambesonRunsPanel extends LitElement {
  static override properties = { state: { state: true } };
  static override styles = css`
    [role="status"] {
      color: var(--quiet);
    }
  `;
  declare state: RunsState;
  #stop = new AbortController();

  constructor() {
    super();
    this.state = { runs: null, notes: new Map(), trouble: null };
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
      await followRuns((state) => {
        this.state = state;
      }, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.state = { ...this.state, trouble: error instanceof Error ? error.message : String(error) };
    }
  }

  override render(): TemplateResult {
    const { runs, notes, trouble } = this.state;
    const status = trouble ?? (runs === null ? "Loading…" : runs.length === 0 ? "No runs yet." : "");
    return html`<h1>Runs</h1>
      <p role="status">${status}</p>
      <gambeson-run-list .rows=${runRows(runs ?? [], notes)}></gambeson-run-list>`;
  }
}

customElements.define("gambeson-runs-panel", GambesonRunsPanel);

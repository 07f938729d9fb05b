import { html, LitElement, type TemplateResult } from "lit";
import type { Query } from "../app/routes.ts";

export class GambesonStartRunPanel extends LitElement {
  static override properties = { query: { attribute: false } };
  declare query: Query;

  constructor() {
    super();
    this.query = {};
  }

  override render(): TemplateResult {
    return html`<h1>Start a run</h1>`;
  }
}

customElements.define("gambeson-start-run-panel", GambesonStartRunPanel);

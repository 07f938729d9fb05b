import { html, LitElement, type TemplateResult } from "lit";
import type { Query } from "../app/routes.ts";

export class GambesonPlaygroundPanel extends LitElement {
  static override properties = { query: { attribute: false } };
  declare query: Query;

  constructor() {
    super();
    this.query = {};
  }

  override render(): TemplateResult {
    return html`<h1>Playground</h1>`;
  }
}

customElements.define("gambeson-playground-panel", GambesonPlaygroundPanel);

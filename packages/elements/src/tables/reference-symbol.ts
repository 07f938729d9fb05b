import { html, type TemplateResult } from "lit";

/** A text with its "ε_ref" set as ε with a subscript. */
export function withReferenceSymbol(text: string): TemplateResult {
  return html`${text.split("ε_ref").map((part, i) => (i === 0 ? part : html`ε<sub>ref</sub>${part}`))}`;
}

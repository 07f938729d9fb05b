import { html, nothing, type TemplateResult } from "lit";
import type { RunRow } from "../view-models/run-rows.ts";

/** How a run stands. */
export function drawState({ name, state, stateText, share, note }: RunRow): TemplateResult {
  return html`<span class=${state === "failed" ? "wrong" : ""}>${stateText}</span>
    ${share === null ? nothing : html`<progress max="1" .value=${share} aria-label=${`Progress of ${name}`}></progress>`}
    ${note === "" ? nothing : html`<p class="small quiet">${note}</p>`}`;
}

/** A run's numbers, a line a model. */
export function drawModels({ models }: RunRow): TemplateResult | typeof nothing {
  if (models.length === 0) return nothing;
  return html`<ul class="models">
    ${models.map(
      ({ label, accuracy, rho2 }) =>
        html`<li>
          <span>${label}</span><span><span class="visually-hidden">accuracy </span>${accuracy}</span
          ><span><span class="visually-hidden">ρ₂ </span>${rho2}</span>
        </li>`,
    )}
  </ul>`;
}

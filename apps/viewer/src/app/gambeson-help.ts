import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, type TemplateResult } from "lit";
import { dialogStyles } from "../elements/dialog-styles.ts";

const KEYS: readonly (readonly [key: string, meaning: string])[] = [
  ["/", "Search the runs"],
  ["?", "Show this help"],
  ["Tab", "Go to the next thing that can be used"],
  ["← →", "In a chart: the point before, the next point; read out below it"],
  ["↑ ↓", "In a chart: the line listed before, the next one"],
  ["Home End", "In a chart: first and last point"],
  ["Esc", "Close what has opened"],
];

/** What keys do, and what words mean. */
export class GambesonHelp extends LitElement {
  static override styles = [
    controlStyles,
    dialogStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.4rem 1rem;
      }
      dd {
        margin: 0;
      }
      kbd {
        font: inherit;
        font-weight: 600;
        white-space: nowrap;
      }
    `,
  ];

  /** Shows it, until the reader closes it. */
  show(): void {
    this.renderRoot.querySelector("dialog")?.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">Keys, and what numbers mean</h2>
      <dl>
        ${KEYS.map(
          ([key, meaning]) =>
            html`<dt><kbd>${key}</kbd></dt>
              <dd>${meaning}</dd>`,
        )}
      </dl>
      <dl>
        <dt>ρ₂</dt>
        <dd>
          How far DeepFool must move an image until the model errs: |Δx| / |x|, the mean over the test images.
          More is harder to fool.
        </dd>
        <dt>ε</dt>
        <dd>How much FGS, the fast gradient sign attack, changes every pixel, which run from 0 to 1.</dd>
        <dt>ε<sub>ref</sub></dt>
        <dd>The smallest ε at which FGS makes one model, usually Deep Defense, err on half of the images.</dd>
        <dt>AUC</dt>
        <dd>The area under a ROC curve: 1 is perfect, 0.5 is chance.</dd>
      </dl>
      <form method="dialog"><button class="primary">Close</button></form>
    </dialog>`;
  }
}

customElements.define("gambeson-help", GambesonHelp);

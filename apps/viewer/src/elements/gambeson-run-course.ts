import type { Run, ServerEvent } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { logLines } from "../view-models/log-lines.ts";
import { taskGroups } from "../view-models/task-graph.ts";
import { trainingLines } from "../view-models/training-lines.ts";
import "./gambeson-event-log.ts";
import "./gambeson-task-graph.ts";

/**
 * `<gambeson-run-course>`: what of a run has been done, is being done and is still to do: its tasks, its training curves, its log.
 *
 * @property run The run; null for nothing. @property log What happened to it. @property hasCurves Whether training is drawn. Default: true.
 */
export class GambesonRunCourse extends LitElement {
  static override properties = {
    run: { attribute: false },
    log: { attribute: false },
    hasCurves: { attribute: false },
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];
  declare run: Run | null;
  declare log: readonly ServerEvent[];
  declare hasCurves: boolean;

  constructor() {
    super();
    this.run = null;
    this.log = [];
    this.hasCurves = true;
  }

  /** Progress alone, which comes often, draws no more than the tasks. */
  override render(): TemplateResult | typeof nothing {
    const { run, log } = this;
    if (run === null) return nothing;
    const epochs = run.tasks.map((task) => task.epochs);
    return html`<h2>Tasks</h2>
      <gambeson-task-graph .groups=${taskGroups(run)}></gambeson-task-graph>
      ${this.hasCurves ? guard(epochs, () => drawCurves(run)) : nothing}
      <h2>Log</h2>
      ${guard([log], () => html`<gambeson-event-log .lines=${logLines(log, run.tasks)}></gambeson-event-log>`)}`;
  }
}

function drawCurves(run: Run): TemplateResult {
  return html`<h2>Training</h2>
    <gambeson-training-curves .lines=${trainingLines(run)}></gambeson-training-curves>`;
}

customElements.define("gambeson-run-course", GambesonRunCourse);

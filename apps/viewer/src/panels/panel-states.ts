import { ProblemError } from "@gambeson/client";
import { TaskStatus, type Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import "../elements/gambeson-trouble.ts";
import { isUnreachable } from "../view-models/message-of.ts";
import "./gambeson-absence-panel.ts";
import "./gambeson-sign-in-panel.ts";
import type { LiveController } from "./live-controller.ts";

/** What a panel shows, and what it says while there is nothing: every panel's states but "none", which `draw` knows. */
export interface PanelTexts {
  /** Such as "Loading the run…". */
  readonly loading: string;
}

/** A panel over a task: loading, error, or what `draw` makes. What was drawn stays while it is loaded again. */
export function taskStates<T>(
  task: Task<readonly unknown[], T>,
  { loading }: PanelTexts,
  draw: (value: T) => TemplateResult,
): TemplateResult {
  if (task.status === TaskStatus.ERROR) return drawTrouble(task.error, () => void task.run());
  return task.value === undefined ? drawLoading(loading) : draw(task.value);
}

/** A panel over what is followed. A failure stands above what was known before it. */
export function liveStates<T>(
  live: LiveController<T>,
  { loading }: PanelTexts,
  draw: (value: T) => TemplateResult,
): TemplateResult {
  const retry = () => {
    live.restart();
  };
  return html`${live.error === null ? nothing : drawTrouble(live.error, retry)}
  ${live.value === null ? (live.error === null ? drawLoading(loading) : nothing) : draw(live.value)}`;
}

function drawLoading(text: string): TemplateResult {
  return html`<p role="status" class="quiet">${text}</p>`;
}

/** What went wrong, and what to do: to sign in, where the server wants that; to wait, where it does not answer. */
function drawTrouble(error: unknown, retry: () => void): TemplateResult {
  if (error instanceof ProblemError && error.status === 401) {
    return html`<gambeson-sign-in-panel @signed-in=${retry}></gambeson-sign-in-panel>`;
  }
  if (isUnreachable(error)) return html`<gambeson-absence-panel @back=${retry}></gambeson-absence-panel>`;
  return html`<gambeson-trouble .error=${error} @retry=${retry}></gambeson-trouble>`;
}

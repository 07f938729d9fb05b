import { Task } from "@lit/task";
import { html, LitElement, type TemplateResult } from "lit";
import { server } from "../api/server.ts";
import { untilAnswered } from "../api/until-answered.ts";
import "../elements/gambeson-trouble.ts";
import { abortOnLeave } from "./abort-on-leave.ts";

const ABSENT =
  "The server does not answer. Once it runs again (npm start, where it was started), this page goes on by itself.";
/** A server that answers this, but not the rest, is not asked without end. */
const PAUSE_MS = 1000;

/**
 * Says that the server does not answer, and asks until it does.
 *
 * @fires back Once it answers, or when the reader wants to try again at once.
 */
export class GambesonAbsencePanel extends LitElement {
  readonly #asking = new Task(this, {
    args: () => [],
    task: async (_, { signal }) => {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      await untilAnswered(
        () => server.health({ signal }),
        () => undefined,
        signal,
      );
    },
    onComplete: () => {
      this.#tell();
    },
  });

  constructor() {
    super();
    abortOnLeave(this, this.#asking);
  }

  override render(): TemplateResult {
    return html`<gambeson-trouble .error=${ABSENT} @retry=${this.#tell}></gambeson-trouble>`;
  }

  readonly #tell = (): void => {
    this.dispatchEvent(new CustomEvent("back"));
  };
}

customElements.define("gambeson-absence-panel", GambesonAbsencePanel);

import { ProblemError } from "@gambeson/client";
import { Task, TaskStatus } from "@lit/task";
import { html, LitElement, type TemplateResult } from "lit";
import { server } from "../api/server.ts";
import "../elements/gambeson-sign-in.ts";
import { messageOf } from "../view-models/message-of.ts";

/**
 * Hands the server's token to the server, which gives the browser a cookie for it.
 *
 * @fires signed-in Once the server has taken the token.
 */
export class GambesonSignInPanel extends LitElement {
  readonly #signIn = new Task(this, {
    autoRun: false,
    task: ([token]: readonly [string], { signal }) => server.signIn(token, { signal }),
    onComplete: () => {
      this.dispatchEvent(new CustomEvent("signed-in"));
    },
  });

  override render(): TemplateResult {
    const { error, status } = this.#signIn;
    return html`<gambeson-sign-in
      .trouble=${status === TaskStatus.ERROR ? troubleText(error) : ""}
      .isBusy=${status === TaskStatus.PENDING}
      @token=${this.#onToken}
    ></gambeson-sign-in>`;
  }

  readonly #onToken = ({ detail }: CustomEvent<string>): void => {
    void this.#signIn.run([detail]);
  };
}

function troubleText(error: unknown): string {
  if (error instanceof ProblemError && error.status === 401) return "That is not this server's token.";
  return messageOf(error);
}

customElements.define("gambeson-sign-in-panel", GambesonSignInPanel);

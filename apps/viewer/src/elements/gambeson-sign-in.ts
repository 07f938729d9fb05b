import { ProblemError } from "@gambeson/client";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { server } from "../api/server.ts";

/**
 * Asks for the server's token, and hands it to the server, which gives the browser a cookie for it.
 *
 * @fires signed-in Once the server has taken the token.
 */
export class GambesonSignIn extends LitElement {
  static override properties = { trouble: { state: true }, isBusy: { state: true } };
  static override styles = [
    controlStyles,
    css`
      form {
        max-width: 30rem;
        margin-block: 1rem;
      }
      h2 {
        margin-block-start: 0;
      }
      label,
      input {
        display: block;
      }
      input {
        width: 100%;
        margin-block: 0.25rem 0.75rem;
      }
    `,
  ];
  declare trouble: string;
  declare isBusy: boolean;

  constructor() {
    super();
    this.trouble = "";
    this.isBusy = false;
  }

  override render(): TemplateResult {
    return html`<form class="panel" @submit=${this.#signIn}>
      <h2>Sign in</h2>
      <p id="help">
        This server asks for its token: the text in the file that it was started with (--token-file). The
        browser keeps it in a cookie that no script can read.
      </p>
      <label for="token">Token</label>
      <input
        id="token"
        type="password"
        autocomplete="current-password"
        required
        aria-describedby=${this.trouble === "" ? "help" : "help trouble"}
        aria-invalid=${this.trouble === "" ? nothing : "true"}
      />
      <p id="trouble" class="wrong" role="alert">${this.trouble}</p>
      <button class="primary" ?disabled=${this.isBusy}>Sign in</button>
    </form>`;
  }

  readonly #signIn = async (event: Event): Promise<void> => {
    event.preventDefault();
    const token = this.renderRoot.querySelector<HTMLInputElement>("#token")!.value.trim();
    this.isBusy = true;
    try {
      await server.signIn(token);
      this.trouble = "";
      this.dispatchEvent(new CustomEvent("signed-in"));
    } catch (error) {
      this.trouble = troubleText(error);
    } finally {
      this.isBusy = false;
    }
  };
}

function troubleText(error: unknown): string {
  if (error instanceof ProblemError && error.status === 401) return "That is not this server's token.";
  return error instanceof Error ? error.message : String(error);
}

customElements.define("gambeson-sign-in", GambesonSignIn);

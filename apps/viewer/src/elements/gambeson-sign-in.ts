import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";

/**
 * Asks for the server's token.
 *
 * @property trouble Why the last one was not taken, a sentence; "" where nothing went wrong.
 * @property isBusy Whether one is being tried.
 * @fires token When one was given; `detail` is its text.
 */
export class GambesonSignIn extends LitElement {
  static override properties = { trouble: {}, isBusy: { type: Boolean } };
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
    return html`<form class="panel" @submit=${this.#onSubmit}>
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

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    const detail = this.renderRoot.querySelector<HTMLInputElement>("#token")!.value.trim();
    this.dispatchEvent(new CustomEvent("token", { detail }));
  };
}

customElements.define("gambeson-sign-in", GambesonSignIn);

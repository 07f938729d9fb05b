import { css } from "lit";

/** How dialogs look; to be put after `controlStyles`. */
export const dialogStyles = css`
  dialog {
    color: var(--ink);
    background: var(--paper);
    border: 1px solid var(--muted);
    border-radius: 0.6rem;
    width: min(36rem, 92vw);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }
  dialog h2 {
    margin-block-start: 0;
  }
`;

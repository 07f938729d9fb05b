import { css } from "lit";

/** How links, buttons and fields look in every element; needs the properties of `themeStyles`, which are inherited. */
export const controlStyles = css`
  * {
    box-sizing: border-box;
  }
  a {
    color: var(--accent);
    overflow-wrap: anywhere;
  }
  button,
  .button,
  select,
  input:not([type="checkbox"], [type="radio"], [type="range"], [type="file"]),
  textarea {
    font: inherit;
    color: var(--ink);
    background: var(--paper);
    border: 1px solid var(--muted);
    border-radius: 0.4rem;
    padding: 0.25rem 0.6rem;
    min-height: 2rem;
    max-width: 100%;
  }
  .button {
    display: inline-flex;
    align-items: center;
    text-decoration: none;
  }
  button {
    cursor: pointer;
  }
  button:hover:enabled,
  .button:hover {
    background: color-mix(in srgb, var(--accent) 10%, var(--paper));
  }
  button:disabled {
    color: var(--muted);
    cursor: default;
    border-style: dashed;
  }
  button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--paper);
    font-weight: 600;
  }
  button.primary:hover:enabled {
    background: color-mix(in srgb, var(--accent) 85%, var(--ink));
  }
  [aria-invalid="true"] {
    border-color: var(--wrong) !important;
  }
  input[type="range"],
  input[type="checkbox"],
  input[type="radio"],
  progress {
    accent-color: var(--accent);
  }
  input[type="checkbox"],
  input[type="radio"] {
    width: 1.15rem;
    height: 1.15rem;
    margin: 0.3rem;
    vertical-align: middle;
  }
  input[type="range"] {
    min-height: 1.75rem;
  }
  /* Bars that stay at the page's edges do not lie over what the focus comes to. */
  :is(a, button, input, select, textarea, summary, [tabindex]) {
    scroll-margin-block: 5rem;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  h1,
  h2,
  h3 {
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  h1 {
    font-size: clamp(1.4rem, 4vw, 1.9rem);
    margin: 0 0 0.5rem;
  }
  h2 {
    font-size: 1.3rem;
    margin: 2rem 0 0.5rem;
  }
  h3 {
    font-size: 1.05rem;
    margin: 1.2rem 0 0.4rem;
  }
  .quiet {
    color: var(--muted);
  }
  .wrong {
    color: var(--wrong);
  }
  .panel {
    background: var(--paper);
    border: 1px solid var(--grid);
    border-radius: 0.6rem;
    padding: 0.75rem 1rem;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    align-items: center;
  }
  .scroll {
    overflow-x: auto;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  table {
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  caption {
    text-align: start;
    color: var(--muted);
    padding-block: 0.4rem;
  }
  th,
  td {
    padding: 0.35rem 0.7rem;
    text-align: end;
    border-block-end: 1px solid var(--grid);
  }
  th:first-child,
  td:first-child {
    text-align: start;
  }
  @media (forced-colors: active) {
    button.primary {
      color: ButtonText;
      background: ButtonFace;
      border-width: 2px;
    }
  }
  @media print {
    input[type="range"] {
      display: none;
    }
    /* What was chosen is said, as words. */
    select {
      appearance: none;
      border: 0;
      padding: 0;
      min-height: 0;
      font-weight: 600;
    }
    details::details-content {
      display: block;
      content-visibility: visible;
    }
    summary {
      list-style: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }
`;

import { css } from "lit";

/** A table of runs, whose rows become cards where it is narrow. */
export const runTableStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  /* Rows are grids: what is out of sight is left out of tables' layout by no browser. Their roles say what they are. */
  table,
  thead,
  tbody {
    display: block;
  }
  tr {
    display: grid;
    grid-template-columns:
      1.8rem minmax(10rem, 1.6fr) minmax(7rem, 1fr) minmax(6rem, 0.8fr) minmax(15rem, 1.7fr)
      4.5rem 5.5rem 5.5rem;
    gap: 1.1rem;
    align-items: start;
    border-block-end: 1px solid var(--grid);
  }
  tbody tr {
    content-visibility: auto;
    contain-intrinsic-size: auto 8rem;
  }
  th,
  td {
    display: block;
    border: 0;
    padding: 0.5rem 0;
    text-align: start;
    min-width: 0;
    overflow-wrap: anywhere;
    font-weight: normal;
  }
  thead th {
    font-size: 0.875rem;
    color: var(--muted);
  }
  thead button {
    border: 0;
    padding: 0;
    background: none;
    color: var(--muted);
    min-height: 1.5rem;
    text-align: start;
  }
  .number {
    text-align: end;
  }
  .name {
    font-weight: 600;
  }
  p {
    margin: 0.15rem 0 0;
  }
  .small,
  .models {
    font-size: 0.875rem;
  }
  progress {
    width: 100%;
  }
  .models {
    display: grid;
    grid-template-columns: 1fr auto auto;
    gap: 0 0.75rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .models li {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
  }
  .models span:not(:first-child) {
    text-align: end;
  }
  .tag {
    min-height: 1.5rem;
    padding: 0 0.5rem;
    border-radius: 1rem;
    font-size: 0.8125rem;
    margin: 0.2rem 0.2rem 0 0;
    border-color: var(--grid);
  }
  .actions {
    display: grid;
    gap: 0.25rem;
    justify-items: stretch;
  }
  .actions button {
    min-height: 1.6rem;
    font-size: 0.8125rem;
    padding: 0 0.4rem;
  }
  .label {
    display: none;
    color: var(--muted);
    font-size: 0.875rem;
  }
  @container (max-width: 60rem) {
    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    tr {
      grid-template-columns: 1.8rem 1fr;
      gap: 0 0.5rem;
      border: 1px solid var(--grid);
      border-radius: 0.6rem;
      background: var(--paper);
      padding: 0.4rem 0.75rem;
      margin-block-end: 0.75rem;
    }
    th,
    td {
      grid-column: 2;
      padding: 0.2rem 0;
    }
    td:first-child {
      grid-column: 1;
    }
    .number {
      text-align: start;
    }
    .empty {
      display: none;
    }
    .label {
      display: inline;
    }
    .models {
      max-width: 22rem;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
    }
    .actions button {
      min-height: 2rem;
      padding: 0 0.75rem;
    }
  }
`;

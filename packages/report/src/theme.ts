/** The colours of a figure. */
export interface Theme {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  /** Marks a wrong answer, never alone: a cross stands beside it. */
  readonly wrong: string;
  readonly series: readonly string[];
}

/**
 * For paper and files: each series at least 3.5:1 against white, and apart from each other with any common colour
 * blindness (Okabe and Ito's and Tol's hues, darkened).
 */
export const LIGHT_THEME: Theme = {
  ink: "#1c1f23",
  muted: "#5b626b",
  grid: "#e2e5e9",
  paper: "#ffffff",
  wrong: "#b3261e",
  series: ["#6b6b6b", "#0072b2", "#d55e00", "#00805c", "#aa3377", "#8c6d00", "#332288", "#1a1a1a"],
};

export const DARK_THEME: Theme = {
  ink: "#e8eaed",
  muted: "#a5adb8",
  grid: "#343a42",
  paper: "#16191d",
  wrong: "#ff8a80",
  series: ["#b0b0b0", "#56b4e9", "#f0883e", "#3ecf9b", "#e58ac0", "#e6c84a", "#a99bff", "#f2f2f2"],
};

/** For figures inside the page, which takes its colours from `themeVariables`. */
export const PAGE_THEME: Theme = {
  ink: "var(--ink)",
  muted: "var(--muted)",
  grid: "var(--grid)",
  paper: "var(--paper)",
  wrong: "var(--wrong)",
  series: LIGHT_THEME.series.map((_, i) => `var(--series-${i})`),
};

/** The custom properties `PAGE_THEME` refers to, as CSS declarations. */
export function themeVariables({ ink, muted, grid, paper, wrong, series }: Theme): string {
  const named = Object.entries({ ink, muted, grid, paper, wrong }).map(
    ([name, colour]) => `--${name}:${colour}`,
  );
  return [...named, ...series.map((colour, i) => `--series-${i}:${colour}`)].join(";");
}

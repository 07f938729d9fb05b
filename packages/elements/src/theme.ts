import { DARK_THEME, LIGHT_THEME } from "@gambeson/report/theme";
import { css, unsafeCSS } from "lit";

/** What stands for our colours where the system forces its own; CanvasText for all others. */
const SYSTEM: Readonly<Record<string, string>> = {
  grid: "GrayText",
  paper: "Canvas",
  page: "Canvas",
  accent: "LinkText",
};

/**
 * The colours that elements draw with, as custom properties of the host: --ink, --muted, --grid, --paper, --page, --accent, --wrong,
 * --series-0 to --series-7. They follow `color-scheme`; a page sets its own by --gambeson-ink and so on, and in forced colours they are
 * the system's, where dashes and markers alone tell models apart.
 */
export const themeStyles = css`
  :host {
    ${unsafeCSS(declarations())}
  }
  @media (forced-colors: active) {
    :host {
      ${unsafeCSS(forcedDeclarations())}
    }
  }
`;

function palette(): readonly (readonly [name: string, light: string, dark: string])[] {
  return [
    ...(["ink", "muted", "grid", "paper", "wrong"] as const).map(
      (name) => [name, LIGHT_THEME[name], DARK_THEME[name]] as const,
    ),
    ["page", "#f7f8f9", "#0f1114"],
    ["accent", "#0b5cad", "#7ab8f5"],
    ...LIGHT_THEME.series.map((light, i) => [`series-${i}`, light, DARK_THEME.series[i]!] as const),
  ];
}

function declarations(): string {
  return palette()
    .map(([name, light, dark]) => `--${name}:var(--gambeson-${name},light-dark(${light},${dark}));`)
    .join("");
}

function forcedDeclarations(): string {
  return palette()
    .map(([name]) => `--${name}:${SYSTEM[name] ?? "CanvasText"};`)
    .join("");
}

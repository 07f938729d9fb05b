/** How bright the page is: as the system says, or as the reader has chosen here, which the browser remembers. */
export const COLOUR_SCHEMES = { system: "light dark", light: "light", dark: "dark" } as const;
export type ColourScheme = keyof typeof COLOUR_SCHEMES;

const KEY = "gambeson-colour-scheme";

export function chosenScheme(): ColourScheme {
  const kept = localStorage.getItem(KEY) ?? "";
  return kept in COLOUR_SCHEMES ? (kept as ColourScheme) : "system";
}

export function chooseScheme(scheme: ColourScheme): void {
  localStorage.setItem(KEY, scheme);
  document.documentElement.style.colorScheme = COLOUR_SCHEMES[scheme];
}

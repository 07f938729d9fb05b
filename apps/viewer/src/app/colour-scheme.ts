/** How bright the page is: as the system says, or as the reader has chosen here, which the browser remembers. */
export const COLOUR_SCHEMES = { system: "light dark", light: "light", dark: "dark" } as const;
export type ColourScheme = keyof typeof COLOUR_SCHEMES;

const KEY = "gambeson-colour-scheme";

export function chosenScheme(): ColourScheme {
  const kept = keptText();
  return Object.hasOwn(COLOUR_SCHEMES, kept) ? (kept as ColourScheme) : "system";
}

export function chooseScheme(scheme: ColourScheme): void {
  document.documentElement.style.colorScheme = COLOUR_SCHEMES[scheme];
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    // A browser that keeps nothing for pages has it chosen anew each time.
  }
}

function keptText(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

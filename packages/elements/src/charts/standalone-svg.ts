import { LIGHT_THEME, themeVariables } from "@gambeson/report/theme";

const COLOURS: ReadonlyMap<string, string> = new Map(
  themeVariables(LIGHT_THEME)
    .split(";")
    .map((declaration) => {
      const [name = "", value = ""] = declaration.split(/:(.*)/s);
      return [name, value];
    }),
);

/**
 * A drawing as a file of its own: on white, in the colours for paper, with nothing that only the page knows.
 *
 * @param markup The svg element, serialised; its colours may be `var(--ink)` and the others of `themeStyles`.
 */
export function standaloneSvg(markup: string): string {
  const [, open = "", rest = ""] = /^(<svg\b[^>]*>)(.*)$/s.exec(markup) ?? [];
  const coloured = `${open}<rect width="100%" height="100%" fill="${LIGHT_THEME.paper}"/>${rest}`
    .replaceAll(/<!--.*?-->/gs, "")
    .replaceAll(/var\((--[\w-]+)\)/g, (whole, name: string) => COLOURS.get(name) ?? whole)
    .replace(/ aria-hidden="true"/, "");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${coloured}\n`;
}

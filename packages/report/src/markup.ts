/** Finished XML, well-formed and escaped. Only `element` and `constantMarkup` make it, so text cannot become markup. */
export interface Markup {
  readonly markup: string;
}

/** What an element may hold: strings and numbers are text and get escaped; null is nothing. */
export type Content = Markup | string | number | null | readonly Content[];
export type Attributes = Readonly<Record<string, string | number | null>>;

const VOID = new Set(["br", "col", "hr", "img", "link", "meta"]);

/**
 * One element of XML, or of HTML that is also well-formed XML.
 *
 * @param attributes Numbers are coordinates and are rounded to 1/100; null leaves the attribute out.
 * @throws {RangeError} If a number is not finite.
 */
export function element(name: string, attributes: Attributes, ...content: readonly Content[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(
      ([key, value]) =>
        ` ${key}="${escapeXml(typeof value === "number" ? coordinate(value) : (value ?? ""))}"`,
    )
    .join("");
  if (VOID.has(name)) return { markup: `<${name}${written}/>` };
  return { markup: `<${name}${written}>${serialise(content)}</${name}>` };
}

/** Path data and transforms with their coordinates rounded like attributes: pathData`M${x},${y}h4`. */
export function pathData(texts: TemplateStringsArray, ...coordinates: readonly number[]): string {
  return texts.map((text, i) => (i === 0 ? text : coordinate(coordinates[i - 1]!) + text)).join("");
}

/** Markup as it stands in the source of this program: never pass it anything from outside. */
export function constantMarkup(markup: string): Markup {
  return { markup };
}

/** Text for XML and HTML, in elements and in quoted attributes. Characters that XML forbids become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

function serialise(content: Content): string {
  if (content === null) return "";
  if (typeof content === "string") return escapeXml(content);
  if (typeof content === "number") return escapeXml(coordinate(content));
  if ("markup" in content) return content.markup;
  return content.map(serialise).join("");
}

function coordinate(value: number): string {
  if (Number.isFinite(value)) return String(Math.round(value * 100) / 100);
  throw new RangeError(`Cannot draw the report as a number must be finite: current value is ${value}`);
}

const TOKEN = /<!DOCTYPE html>|<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|[^<]+|</g;
const REFERENCE = /&(?!(?:amp|lt|gt|quot|#39);)/;
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** @throws {SyntaxError} If `xml` is not well-formed: one root, every element closed in order, every &, < and " escaped. */
export function requireWellFormed(xml: string): void {
  const open: string[] = [];
  let roots = 0;
  if (FORBIDDEN.test(xml)) throw new SyntaxError("XML must hold no control character");
  for (const [token, closing, name, attributes, empty] of xml.matchAll(TOKEN)) {
    if (token === "<!DOCTYPE html>") continue;
    if (name === undefined) {
      if (token === "<" || REFERENCE.test(token))
        throw new SyntaxError(`XML must escape text: ${token.slice(0, 80)}`);
      if (open.length === 0 && token.trim() !== "")
        throw new SyntaxError("XML must hold its text in an element");
      continue;
    }
    if (REFERENCE.test(attributes ?? ""))
      throw new SyntaxError(`XML must escape attributes: ${token.slice(0, 80)}`);
    const names = [...(attributes ?? "").matchAll(/([\w:-]+)="/g)].map(([, attribute]) => attribute);
    if (new Set(names).size < names.length) throw new SyntaxError(`XML must not repeat attributes: ${token}`);
    if (closing === "/") {
      const last = open.pop();
      if (last !== name) throw new SyntaxError(`XML must close ${last ?? "nothing"} before ${name}`);
    } else {
      if (open.length === 0) roots++;
      if (empty !== "/") open.push(name);
    }
  }
  if (open.length > 0 || roots !== 1)
    throw new SyntaxError(`XML must have one root: ${roots}, open: ${open.join(" ")}`);
}

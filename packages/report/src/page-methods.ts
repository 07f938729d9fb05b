import type { Result } from "@gambeson/contract";
import { element, type Content, type Markup } from "./markup.ts";
import { methodsOf, type Method } from "./methods.ts";
import { withReferenceSymbol } from "./page-table.ts";

/** The methods box of the page. */
export function methodsList(result: Result): Markup {
  return element(
    "dl",
    { class: "methods" },
    methodsOf(result).map(({ term, text }) => [
      element("dt", {}, withReferenceSymbol(term)),
      element("dd", {}, draw(text)),
    ]),
  );
}

function draw(text: Method["text"]): Content {
  if (typeof text === "string") return text;
  return text.map(({ sha256, of }) => [element("code", {}, sha256), ` ${of}`, element("br", {})]);
}

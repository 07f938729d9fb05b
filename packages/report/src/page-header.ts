import type { Result } from "@gambeson/contract";
import { datasetWarning } from "./dataset-warning.ts";
import { headline } from "./headline.ts";
import { element, type Markup } from "./markup.ts";
import { pageTitle } from "./page-title.ts";
import { resultFacts } from "./result-facts.ts";

/** A warning that cannot be missed, if there is one; then what was run, and what came of it in a sentence. */
export function pageHeader(result: Result): Markup {
  const links = ["Results", "Robustness", "Pictures", "ROC", "Training", "Diagnostics", "Methods"];
  return element(
    "header",
    {},
    warning(result),
    element("h1", {}, pageTitle(result)),
    element("p", { class: "facts" }, resultFacts(result).join(" · ")),
    element("p", { class: "lead" }, headline(result)),
    element(
      "nav",
      { "aria-label": "Sections" },
      links.map((name) => element("a", { href: `#${name.toLowerCase()}` }, name)),
    ),
  );
}

function warning(result: Result): Markup | null {
  const found = datasetWarning(result);
  if (found === null) return null;
  const title = element("strong", {}, found.title);
  return element("div", { class: "warning", role: "alert" }, title, found.text);
}

import type { Result } from "@gambeson/contract";
import { grouped } from "./format-number.ts";
import { headline } from "./headline.ts";
import { element, type Markup } from "./markup.ts";
import { pageTitle } from "./page-title.ts";

/** A warning that cannot be missed, if there is one; then what was run, and what came of it in a sentence. */
export function pageHeader(result: Result): Markup {
  const { dataset, seeds, environment, timings } = result;
  const numbers = seeds.map(({ seed }) => seed).join(", ");
  const facts = [
    `${grouped(dataset.train.count)} training and ${grouped(dataset.test.count)} test images`,
    `${seeds.length === 1 ? "seed" : "seeds"} ${numbers}`,
    `Gambeson ${environment.version}`,
    timings.finishedAt.slice(0, 10),
  ];
  const links = ["Results", "Robustness", "Pictures", "ROC", "Training", "Diagnostics", "Methods"];
  return element(
    "header",
    {},
    warning(result),
    element("h1", {}, pageTitle(result)),
    element("p", { class: "facts" }, facts.join(" · ")),
    element("p", { class: "lead" }, headline(result)),
    element(
      "nav",
      { "aria-label": "Sections" },
      links.map((name) => element("a", { href: `#${name.toLowerCase()}` }, name)),
    ),
  );
}

/** For images that were asked for; a fallback's own warning says it all. */
const DRAWN_ON_PURPOSE = "The images were drawn by code: these numbers say nothing about a real data set.";

function warning({ dataset }: Result): Markup | null {
  if (!dataset.synthetic && dataset.warning === null) return null;
  const title = dataset.synthetic ? "Synthetic images" : "Warning";
  const text = dataset.warning ?? DRAWN_ON_PURPOSE;
  return element("div", { class: "warning", role: "alert" }, element("strong", {}, title), text);
}

import type { Result } from "@gambeson/contract";
import { grouped } from "./format-number.ts";
import { headline } from "./headline.ts";
import { element, type Markup } from "./markup.ts";

/** A warning that cannot be missed, if there is one; then what was run, and what came of it in a sentence. */
export function pageHeader(result: Result): Markup {
  const { config, dataset, seeds, environment, timings } = result;
  const numbers = seeds.map(({ seed }) => seed).join(", ");
  const facts = [
    dataset.title,
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
    element("h1", {}, config.title),
    element("p", { class: "facts" }, facts.join(" · ")),
    element("p", { class: "lead" }, headline(result)),
    element(
      "nav",
      { "aria-label": "Sections" },
      links.map((name) => element("a", { href: `#${name.toLowerCase()}` }, name)),
    ),
  );
}

function warning({ dataset }: Result): Markup | null {
  if (!dataset.synthetic && dataset.warning === null) return null;
  const sentences = [
    dataset.warning ?? "",
    dataset.synthetic
      ? "The images were drawn by a program: these numbers say nothing about a real data set."
      : "",
  ];
  const title = dataset.synthetic ? "Synthetic images" : "Warning";
  return element(
    "div",
    { class: "warning", role: "alert" },
    element("strong", {}, title),
    sentences.filter((s) => s !== "").join(" "),
  );
}

import type { Result } from "@gambeson/contract";
import { accuracyEpsilonFigure } from "./accuracy-epsilon-figure.ts";
import { aucTable } from "./auc-table.ts";
import { captionsOf, type Caption } from "./captions.ts";
import { confusionTable } from "./confusion-table.ts";
import { diagnosticsTable } from "./diagnostics-table.ts";
import type { Canvas } from "./figure.ts";
import { findings, NOTHING_SUSPICIOUS } from "./findings.ts";
import { constantMarkup, element, type Content, type Markup } from "./markup.ts";
import { pageHeader } from "./page-header.ts";
import { methodsList } from "./page-methods.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { captionContent, withReferenceSymbol } from "./page-table.ts";
import { pageTitle } from "./page-title.ts";
import { publishedNote } from "./published.ts";
import { configFile, REPRODUCE_NOTE, reproduceCommand } from "./reproduce-command.ts";
import { robustnessTable } from "./robustness-table.ts";
import { rho2Figure } from "./rho2-figure.ts";
import { rocFigure } from "./roc-figure.ts";
import { samplesFigure } from "./samples-figure.ts";
import { summarise } from "./summarise.ts";
import { PAGE_THEME } from "./theme.ts";
import { trainingFigure } from "./training-figure.ts";
import { trainingTable } from "./training-table.ts";

const WIDE: Canvas = { theme: PAGE_THEME, width: 920 };
const NARROW: Canvas = { theme: PAGE_THEME, width: 352 };

/** The whole result as one HTML page: no script, nothing fetched. It is also well-formed XML. */
export function reportPage(result: Result): string {
  const html = element(
    "html",
    { lang: "en", xmlns: "http://www.w3.org/1999/xhtml" },
    element(
      "head",
      {},
      element("meta", { charset: "utf-8" }),
      element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      element("title", {}, pageTitle(result)),
      element("style", {}, constantMarkup(PAGE_STYLE)),
    ),
    element("body", {}, pageHeader(result), element("main", {}, sections(result)), pageFooter(result)),
  );
  return `<!DOCTYPE html>\n${html.markup}\n`;
}

function sections(result: Result): Content {
  const { evaluation } = result.config;
  const { models } = summarise(result);
  const captions = captionsOf(result);
  const auc = (images: "benign" | "own", title: string) =>
    element("details", {}, element("summary", {}, title), aucTable(result, images));
  return [
    section("Results", [
      figureBlock((canvas) => accuracyEpsilonFigure(result, canvas), captions.accuracy),
      robustnessTable(result),
      publishedParagraph(result),
    ]),
    section("Robustness", [figureBlock((canvas) => rho2Figure(result, canvas), captions.rho2)]),
    section("Pictures", [figureBlock((canvas) => samplesFigure(result, canvas), captions.samples)]),
    section("ROC", [
      evaluation.rocClasses.map((k) =>
        figureBlock((canvas) => rocFigure(result, k, canvas), captions.roc(k)),
      ),
      aucTable(result, "transferred"),
      auc("benign", "AUC on benign images"),
      auc("own", "AUC on each model's own DeepFool images"),
    ]),
    section("Training", [
      figureBlock((canvas) => trainingFigure(result, canvas), captions.training),
      trainingTable(result),
      element(
        "details",
        {},
        element("summary", {}, "Confusion matrices"),
        models.map((model) => confusionTable(result, model)),
      ),
    ]),
    section("Diagnostics", [findingsList(result), diagnosticsTable(result)]),
    section("Methods", [methodsList(result), reproduce(result)]),
  ];
}

function section(title: string, content: Content): Markup {
  return element("section", { id: title.toLowerCase() }, element("h2", {}, title), content);
}

/** A figure drawn twice, for wide and for narrow screens; the style sheet shows one. */
function figureBlock(draw: (canvas: Canvas) => Markup, caption: Caption): Markup {
  return element(
    "figure",
    {},
    element("div", { class: "frame wide" }, draw(WIDE)),
    element("div", { class: "frame narrow" }, draw(NARROW)),
    element("figcaption", {}, captionContent(caption)),
  );
}

function publishedParagraph(result: Result): Markup | null {
  const note = publishedNote(result);
  return note === null ? null : element("p", { class: "note" }, withReferenceSymbol(note));
}

function findingsList(result: Result): Markup {
  const found = findings(result);
  if (found.length === 0) {
    return element("p", {}, NOTHING_SUSPICIOUS);
  }
  return element(
    "ul",
    {},
    found.map(({ model, sentence }) => element("li", {}, element("b", {}, `${model}: `), sentence)),
  );
}

function reproduce(result: Result): Content {
  return [
    element("h3", {}, "To make these numbers again"),
    element("pre", {}, element("code", {}, reproduceCommand(result))),
    element("p", { class: "note" }, REPRODUCE_NOTE),
    element(
      "details",
      {},
      element("summary", {}, "config.json"),
      element("pre", {}, element("code", {}, configFile(result))),
    ),
  ];
}

function pageFooter({ environment, config }: Result): Markup {
  return element(
    "footer",
    {},
    `Made by Gambeson ${environment.version} from the experiment “${config.name}”. All numbers and curves: result.json; tables: table.csv, auc.csv, table.tex.`,
  );
}

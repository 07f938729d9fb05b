import type { Result } from "@gambeson/contract";
import { accuracyEpsilonFigure } from "./accuracy-epsilon-figure.ts";
import { aucTable } from "./auc-table.ts";
import { confusionTable } from "./confusion-table.ts";
import { diagnosticsTable } from "./diagnostics-table.ts";
import type { Canvas } from "./figure.ts";
import { findings } from "./findings.ts";
import { constantMarkup, element, type Content, type Markup } from "./markup.ts";
import { pageHeader } from "./page-header.ts";
import { methodsList } from "./page-methods.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { epsilonReferenceSymbol } from "./page-table.ts";
import { pageTitle } from "./page-title.ts";
import { protocolDifferences, publishedBeside } from "./published.ts";
import { reproduceCommand } from "./reproduce-command.ts";
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
  const auc = (images: "benign" | "own", title: string) =>
    element("details", {}, element("summary", {}, title), aucTable(result, images));
  return [
    section("Results", [
      figureBlock((canvas) => accuracyEpsilonFigure(result, canvas), accuracyCaption(result)),
      robustnessTable(result),
      publishedNote(result),
    ]),
    section("Robustness", [
      figureBlock(
        (canvas) => rho2Figure(result, canvas),
        [
          element("b", {}, "How far DeepFool must go. "),
          "ρ₂ is the mean of |Δx| / |x| over all test images, each model attacked itself; misclassified images are counted, and images that stayed unfooled count with the perturbation reached. The hills show the images one by one, each hill's dashed block all that lie further out",
          result.seeds.length > 1 ? "; error bars are one standard deviation over the seeds." : ".",
        ],
      ),
    ]),
    section("Pictures", [
      figureBlock(
        (canvas) => samplesFigure(result, canvas),
        [
          element("b", {}, "What the attacks do to an image. "),
          `Under each picture its true class, then the predicted class with its probability. A thick frame with a cross marks a wrong answer; † an image that was wrong before the attack.${result.seeds.length > 1 ? ` Seed ${result.seeds[0]!.seed}.` : ""}`,
        ],
      ),
    ]),
    section("ROC", [
      evaluation.rocClasses.map((k) =>
        figureBlock((canvas) => rocFigure(result, k, canvas), rocCaption(result, k)),
      ),
      aucTable(result, "transferred"),
      auc("benign", "AUC on benign images"),
      auc("own", "AUC on each model's own DeepFool images"),
    ]),
    section("Training", [
      figureBlock(
        (canvas) => trainingFigure(result, canvas),
        [
          element("b", {}, "Training curves. "),
          "Solid: test images; dashed: the images trained on. The loss of Deep Defense holds its regulariser.",
        ],
      ),
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
function figureBlock(draw: (canvas: Canvas) => Markup, caption: Content): Markup {
  return element(
    "figure",
    {},
    element("div", { class: "frame wide" }, draw(WIDE)),
    element("div", { class: "frame narrow" }, draw(NARROW)),
    element("figcaption", {}, caption),
  );
}

function accuracyCaption(result: Result): Content {
  const { epsilonReference } = summarise(result);
  if (epsilonReference === null) return element("b", {}, "Accuracy under FGS.");
  const { model, misclassified } = result.config.evaluation.epsilonReference;
  const name = result.config.regimes.find(({ id }) => id === model)?.label ?? model;
  const over =
    result.seeds.length > 1
      ? " Lines are means over the seeds, bands go from the lowest to the highest."
      : "";
  return [
    element("b", {}, "Accuracy under FGS. "),
    `One step of length ε up the loss, in every pixel. `,
    epsilonReferenceSymbol(),
    ` is the smallest ε that makes ${name} misclassify ${Math.round(100 * misclassified)} % of the test images; the same ε then meets every model.${over}`,
  ];
}

function rocCaption({ dataset }: Result, k: number): Content {
  return [
    element(
      "b",
      {},
      `Class ${k}${dataset.classNames[k] === undefined ? "" : `, ${dataset.classNames[k]}`}, against the rest. `,
    ),
    "The score is the class's softmax probability; numbers are areas under the curves. DeepFool images of the pre-trained model test transfer: only the pre-trained model meets an attack made for it.",
  ];
}

function publishedNote(result: Result): Markup | null {
  if (publishedBeside(result).size === 0) return null;
  const differences = protocolDifferences(result);
  return element(
    "p",
    { class: "note" },
    "Published: the numbers of the report that this experiment reproduces, as context. The report's code held Deep Defense's perturbation constant, which leaves the regulariser without a gradient; and its accuracies stand at multiples of its own ",
    epsilonReferenceSymbol(),
    ", so those columns do not compare like with like.",
    differences.length === 0 ? null : ` This run's protocol is not the report's: ${differences.join("; ")}.`,
  );
}

function findingsList(result: Result): Markup {
  const found = findings(result);
  if (found.length === 0) {
    return element(
      "p",
      {},
      "Nothing suspicious: gradients reach nearly every image, DeepFool fools nearly every image, and accuracy does not rise while the attack grows.",
    );
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
    element(
      "p",
      { class: "note" },
      "With the same code, machine and threads the weights and numbers come out the same to the byte. If settings were changed from the preset's, run the file ",
      element("code", {}, "config.json"),
      " beside this page in its place.",
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

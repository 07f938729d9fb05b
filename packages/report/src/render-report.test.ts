import { parseResult, type ModelResult, type Result } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { renderReport } from "./render-report.ts";
import { exampleResult } from "./testing/example-result.ts";
import { requireWellFormed } from "./testing/require-well-formed.ts";

const HOSTILE = `=cmd|'/C calc'!A0 <script>alert("x")</script> & ]]> \\input{/etc/passwd} \u0007`;

function mapModels(result: Result, change: (model: ModelResult, index: number) => ModelResult): Result {
  return { ...result, seeds: result.seeds.map((seed) => ({ ...seed, models: seed.models.map(change) })) };
}

/** What a config may hold of it. */
const PRINTABLE = HOSTILE.replace(/\p{Cc}/gu, "");

function hostile(): Result {
  const result = mapModels(exampleResult(), (model) => ({ ...model, label: HOSTILE }));
  const { config, dataset } = result;
  return {
    ...result,
    config: {
      ...config,
      title: PRINTABLE,
      regimes: config.regimes.map((regime) => ({ ...regime, label: PRINTABLE })),
    },
    dataset: {
      ...dataset,
      title: HOSTILE,
      warning: HOSTILE,
      classNames: dataset.classNames.map(() => HOSTILE),
    },
  };
}

function withoutReference(epsilonReference: 0 | null): Result {
  const result = mapModels(exampleResult(), (model) => ({ ...model, curve: null, accuracyAt: null }));
  return { ...result, seeds: result.seeds.map((seed) => ({ ...seed, epsilonReference })) };
}

/** Everything as small as the contract lets it be. */
function bare(): Result {
  const roc = [{ class: 0, auc: null, positives: 0, negatives: 0, falsePositives: [0], truePositives: [0] }];
  const none = { count: 0, of: 0 };
  const result = mapModels(exampleResult(), (model) => ({
    ...model,
    training: [],
    accuracy: none,
    confusion: [[0]],
    robustness: { ...model.robustness, rho2: 0, rho2Correct: null, histogram: { upTo: 1, counts: [] } },
    accuracyAt: model.accuracyAt!.map((at) => ({ ...at, epsilon: 0 })),
    curve: { epsilons: [0, 0], correct: [0, 0], of: 0 },
    roc: { benign: roc, transferred: roc, own: roc },
    diagnostics: {
      zeroGradient: none,
      unfooled: none,
      wrongBefore: none,
      blank: none,
      curveRises: { count: 0, largest: 0 },
    },
  }));
  const samples = { indices: [], labels: [], epsilon: 0, original: "", rows: [] };
  return {
    ...result,
    dataset: { ...result.dataset, classNames: ["only"] },
    seeds: result.seeds.map((seed) => ({ ...seed, epsilonReference: 1e-9, samples })),
  };
}

function fileOf(result: Result, name: string): string {
  return renderReport(result).find((file) => file.name === name)?.text ?? "";
}

const RESULTS: readonly (readonly [string, () => Result])[] = [
  ["one seed", () => exampleResult()],
  ["two seeds", () => exampleResult(2)],
  ["hostile labels", hostile],
  ["no eps_ref", () => withoutReference(null)],
  ["an eps_ref of 0", () => withoutReference(0)],
  ["nothing measured", bare],
  ["twenty regimes", () => manyRegimes()],
];

function manyRegimes(): Result {
  const result = exampleResult();
  return {
    ...result,
    seeds: result.seeds.map((seed) => ({
      ...seed,
      models: Array.from({ length: 21 }, (_, i) => ({
        ...seed.models[i % 5]!,
        id: `model-${i}`,
        label: `Model ${i}`,
      })),
    })),
  };
}

describe.each(RESULTS)("renderReport() of %s", (_, make) => {
  const result = make();
  const files = renderReport(result);

  test("is of a result the contract takes", () => {
    expect(parseResult(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  test("gives well-formed pages and figures", () => {
    const xml = files.filter(({ mediaType }) => mediaType === "image/svg+xml" || mediaType === "text/html");
    expect(xml).toHaveLength(7);
    for (const { text } of xml) requireWellFormed(text);
  });

  test("holds no NaN, no undefined, no Infinity and no [object", () => {
    for (const { text } of files) expect(text).not.toMatch(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object/);
  });

  test("runs nothing and fetches nothing", () => {
    for (const { name, text } of files.filter(({ mediaType }) => mediaType !== "text/csv")) {
      expect(text, name).not.toMatch(
        /<script|<iframe|<object|<foreignObject|<link|@import|url\(|\son\w+="|\ssrc="|javascript:/i,
      );
      const links = [...text.matchAll(/\shref="([^"]*)"/g)].map(([, href]) => href ?? "");
      for (const href of links) expect(href).toMatch(/^(#[a-z]+$|data:image\/png;base64,)/);
    }
  });

  test("gives the same bytes again", () => {
    expect(renderReport(make())).toEqual(files);
  });
});

describe("renderReport()", () => {
  test("names its files", () => {
    expect(renderReport(exampleResult()).map(({ name }) => name)).toEqual([
      "report.html",
      "table.csv",
      "auc.csv",
      "table.tex",
      "accuracy-epsilon.svg",
      "rho2.svg",
      "samples.svg",
      "training.svg",
      "roc-class-2.svg",
      "roc-class-3.svg",
    ]);
  });

  test("gives every figure a title, a description and a legend of all models", () => {
    const result = exampleResult();
    for (const { name, text } of renderReport(result).filter((file) => file.name.endsWith(".svg"))) {
      expect(text, name).toMatch(
        /^<svg [^>]*role="img"[^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc><rect [^>]*fill="#ffffff"/,
      );
      for (const label of ["Pre-trained", "Vanilla", "Fine-tuned"])
        expect(text, name).toContain(`>${label}</text>`);
    }
  });

  test("marks the three multiples of eps_ref", () => {
    const figure = fileOf(exampleResult(), "accuracy-epsilon.svg");
    for (const factor of ["0.2", "0.5", "1"]) expect(figure).toContain(`>${factor} ε<tspan`);
  });

  test("shows every sample of every row, and crosses the wrong ones", () => {
    const result = exampleResult();
    const { samples } = result.seeds[0]!;
    const wrong = samples.rows.flatMap((row) =>
      row.predicted.filter((k, i) => k !== samples.labels[i]),
    ).length;
    const figure = fileOf(result, "samples.svg");
    // Ten images, each as it is and under two attacks on five models.
    expect(figure.match(/<image /g)).toHaveLength(10 * (1 + 2 * 5));
    expect(wrong).toBeGreaterThan(0);
    expect(figure.match(/<circle /g)).toHaveLength(wrong);
  });

  test("prints published numbers beside their models only", () => {
    const page = fileOf(exampleResult(), "report.html");
    expect(page.match(/published: /g)).toHaveLength(4); // three models and eps_ref
    for (const number of ["87.38", "0.0554", "42.97", "0.9460", "about 0.028"])
      expect(page).toContain(number);
    const result = exampleResult();
    const mnist = fileOf({ ...result, dataset: { ...result.dataset, name: "mnist" } }, "report.html");
    expect(mnist.includes("published:")).toBe(false);
  });

  test("warns at the top, before the title, when the images are synthetic or stand in for others", () => {
    const result = exampleResult();
    const synthetic = {
      ...result,
      dataset: { ...result.dataset, synthetic: true, warning: "Stand-in for the real ones." },
    };
    const page = fileOf(synthetic, "report.html");
    expect(page.indexOf("Stand-in for the real ones.")).toBeGreaterThan(0);
    expect(page.indexOf('role="alert"')).toBeLessThan(page.indexOf("<h1>"));
    expect(fileOf(synthetic, "table.tex")).toContain("not the real data set");
    expect(fileOf(result, "report.html")).not.toContain('role="alert"');
  });

  test("says in a sentence that there is no eps_ref", () => {
    const sentence = "No ε up to 1 makes FGS fool Deep Defense on 50 % of the test images";
    expect(fileOf(withoutReference(null), "accuracy-epsilon.svg")).toContain(sentence);
    expect(fileOf(withoutReference(null), "report.html")).toContain(sentence);
    const unattacked = "Deep Defense is wrong on 50 % of the test images or more before any attack";
    expect(fileOf(withoutReference(0), "report.html")).toContain(unattacked);
    expect(fileOf(withoutReference(0), "report.html")).not.toContain("No ε up to");
  });

  test("says that a class is missing", () => {
    const result = exampleResult();
    const evaluation = { ...result.config.evaluation, rocClasses: [77] };
    const figure = fileOf({ ...result, config: { ...result.config, evaluation } }, "roc-class-77.svg");
    expect(figure).toContain("The data set has no class 77.");
  });

  test("keeps hostile labels text", () => {
    const files = renderReport(hostile());
    const page = files.find(({ name }) => name === "report.html")?.text ?? "";
    expect(page).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; ]]&gt;");
    const [, firstRow] = (files.find(({ name }) => name === "table.csv")?.text ?? "").split("\r\n");
    expect(firstRow).toMatch(/^pretrained,"'=cmd/);
    expect(files.find(({ name }) => name === "table.tex")?.text).not.toContain("\\input{/");
  });
});

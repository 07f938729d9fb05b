import type { Result } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import {
  clashes,
  drawn,
  find,
  findAll,
  parseDrawing,
  pngSize,
  savedFiles,
  show,
  violations,
} from "../testing/in-page.ts";
import { GambesonConfusionMatrix } from "./gambeson-confusion-matrix.ts";

/** Two classes; the second model is always wrong. */
function known(): Result {
  const example = exampleResult();
  const [seed] = example.seeds;
  const models = [
    { ...seed!.models[0]!, confusion: [[9, 1], [2, 8]] }, // prettier-ignore
    { ...seed!.models[1]!, label: "<Wrong>", confusion: [[0, 10], [10, 0]] }, // prettier-ignore
  ];
  const dataset = { ...example.dataset, classNames: ["cat", "dog"] };
  return { ...example, dataset, seeds: [{ ...seed!, models }] };
}

test("<gambeson-confusion-matrix> shows the model that is chosen, and tells", async () => {
  const element = await show(Object.assign(new GambesonConfusionMatrix(), { result: known() }));
  const counts = () => findAll(element, "tbody td").map((cell) => cell.innerText);
  expect(counts().map((text) => text.split("\n")[0])).toEqual(["9", "1", "2", "8"]);
  const told: unknown[] = [];
  element.addEventListener("model-change", (event) => told.push((event as CustomEvent).detail));
  const select = find<HTMLSelectElement>(element, "select");
  select.value = "vanilla";
  select.dispatchEvent(new Event("change"));
  await drawn(element);
  expect(told).toEqual(["vanilla"]);
  expect(counts().map((text) => text.split("\n")[0])).toEqual(["0", "10", "10", "0"]);
});

test("<gambeson-confusion-matrix> saves a drawing that stands alone, a picture, CSV and LaTeX", async () => {
  const element = Object.assign(new GambesonConfusionMatrix(), { result: known(), model: "vanilla" });
  const files = await savedFiles(await show(element));
  expect(files.map(({ name }) => name)).toEqual(
    ["svg", "png", "csv", "tex"].map((ending) => `confusion-vanilla.${ending}`),
  );
  const svg = await parseDrawing(files[0]!);
  const texts = [...svg.querySelectorAll("text")].map(({ textContent }) => textContent);
  expect(texts).toEqual(expect.arrayContaining(["<Wrong>: confusion matrix", "0 cat", "10"]));
  const [width, height] = await pngSize(files[1]!);
  expect([width, height]).toEqual([
    2 * Number(svg.getAttribute("width")),
    2 * Number(svg.getAttribute("height")),
  ]);
});

test("<gambeson-confusion-matrix> keeps long names off its cells in files", async () => {
  const result = known();
  const classNames = ["a class with a name that is far too long", "dog"];
  const [seed] = result.seeds;
  const models = seed!.models.map((model) => ({
    ...model,
    label: "A model with quite a long name of its own",
  }));
  const long = { ...result, dataset: { ...result.dataset, classNames }, seeds: [{ ...seed!, models }] };
  const element = await show(Object.assign(new GambesonConfusionMatrix(), { result: long }));
  const drawing = document.body.appendChild(await parseDrawing((await savedFiles(element))[0]!));
  expect(clashes(drawing)).toEqual([]);
  const cells = drawing.querySelector("g rect")!.getBoundingClientRect().left;
  const names = [...drawing.querySelectorAll("text")].filter(({ textContent }) =>
    /^(0 a|1 d)/.test(textContent),
  );
  expect(names).toHaveLength(2);
  expect(names.every((name) => name.getBoundingClientRect().right < cells)).toBe(true);
  drawing.remove();
});

test.each(["light", "dark", "forced"] as const)(
  "<gambeson-confusion-matrix> is read on its deepest colours too, %s",
  async (colours) => {
    const element = Object.assign(new GambesonConfusionMatrix(), { result: known(), model: "vanilla" });
    expect(await violations(await show(element, 360), colours)).toEqual([]);
  },
);

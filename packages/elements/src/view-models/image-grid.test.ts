import type { Result } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { describe, expect, test } from "vitest";
import { fourDecimalsText, percentText } from "../numbers.ts";
import { imageGridCsv, imageGridOf, itemTitle, spokenView, viewWords } from "./image-grid.ts";

/** Two pictures of 2 x 1 pixels of two models: bytes 0, 255, 51, 102 and what attacks made of them. */
function known(): Result {
  const example = exampleResult();
  const [seed] = example.seeds;
  const bytes = (...values: number[]) => btoa(String.fromCharCode(...values));
  const row = (model: string, attack: "deepfool" | "fgs", pixels: string) => ({
    ...{ model, attack, pixels },
    predicted: [1, 1],
    probability: [0.75, 0.5],
    before: [0, 0],
    rho: [0.25, 0.125],
  });
  return {
    ...example,
    dataset: { ...example.dataset, width: 2, height: 1, classNames: ["cat", "dog"] },
    seeds: [
      {
        ...seed!,
        samples: {
          indices: [7, 1234],
          labels: [0, 1],
          epsilon: 0.05,
          original: bytes(0, 255, 51, 102),
          rows: [
            row("pretrained", "deepfool", bytes(255, 0, 0, 0)),
            row("pretrained", "fgs", bytes(0, 0, 51, 51)),
            row("vanilla", "deepfool", bytes(1, 2, 3, 4)),
          ],
        },
      },
    ],
  };
}

describe("imageGridOf()", () => {
  test("has the original, then what each attack made of it, with one model's answers", () => {
    const [first, second] = imageGridOf(known(), { model: "pretrained" });
    expect([first?.index, first?.label, first?.width, first?.height]).toEqual([7, 0, 2, 1]);
    expect(first?.views.map(({ name }) => name)).toEqual(["original", "DeepFool", "FGS, ε 0.05"]);
    expect(first?.views.map(({ pixels }) => [...pixels])).toEqual([
      [0, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(first?.views[1]).toMatchObject({
      ...{ predicted: 1, probability: 0.75, rho: 0.25, wasWrongBefore: false },
    });
    expect(second?.views[0]).toMatchObject({ predicted: 0, probability: null });
    expect(second?.views[0]?.pixels[1]).toBeCloseTo(0.4, 6);
    expect(second?.views[2]?.wasWrongBefore).toBe(true);
  });

  test("takes the rows of the model that is asked for, else of the first", () => {
    const [first] = imageGridOf(known(), { model: "vanilla" });
    expect(first?.views).toHaveLength(2);
    expect(imageGridOf(known(), { model: "gone" })[0]?.views).toHaveLength(3);
  });

  test("has no answers for a model that has no pictures", () => {
    const [first] = imageGridOf(known(), { model: "deep-defense" });
    expect(first?.views).toHaveLength(1);
    expect(first?.views[0]?.predicted).toBeNull();
  });
});

test("viewWords() says in words what is right and what is wrong", () => {
  const [cat, dog] = imageGridOf(known(), { model: "pretrained" });
  const names = ["cat", "dog"];
  expect(viewWords(cat!, cat!.views[1]!, names)).toEqual({
    name: "DeepFool",
    guess: `→ dog ${percentText(0.75)}`,
    verdict: "wrong",
    size: `|Δx|/|x| ${fourDecimalsText(0.25)}`,
    isWrong: true,
  });
  expect(viewWords(dog!, dog!.views[1]!, names).verdict).toBe("right, but wrong before the attack");
  expect(viewWords(dog!, dog!.views[0]!, names)).toMatchObject({
    guess: "→ cat",
    verdict: "wrong",
    size: "",
  });
  expect(viewWords(cat!, { ...cat!.views[1]!, predicted: 5 }, names).guess).toContain("→ class 5");
});

test("spokenView() and itemTitle() name the image", () => {
  const [cat] = imageGridOf(known(), { model: "pretrained" });
  expect(itemTitle(cat!, ["cat", "dog"])).toBe("cat, no. 7");
  expect(spokenView(cat!, cat!.views[1]!, ["cat", "dog"])).toBe(
    `No. 7, DeepFool: true class cat; predicted dog ${percentText(0.75)}, wrong; |Δx|/|x| ${fourDecimalsText(0.25)}`,
  );
});

test("imageGridCsv() has a picture a row", () => {
  const csv = imageGridCsv(imageGridOf(known(), { model: "pretrained" }), ["cat", "dog"]);
  expect(csv.split("\r\n").slice(1, 5)).toEqual([
    "7,0,cat,original,0,cat,,,no,no",
    "7,0,cat,DeepFool,1,dog,0.75,0.25,yes,no",
    '7,0,cat,"FGS, ε 0.05",1,dog,0.75,0.25,yes,no',
    "1234,1,dog,original,0,cat,,,yes,no",
  ]);
});

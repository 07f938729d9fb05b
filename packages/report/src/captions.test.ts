import { expect, test } from "vitest";
import { captionsOf } from "./captions.ts";
import { exampleResult } from "./testing/example-result.ts";

test("captionsOf() says what eps_ref was, and what was published, where it was", () => {
  const result = exampleResult();
  const withReference = (epsilonReference: number | null, name = "fashion-mnist") =>
    captionsOf({
      ...result,
      dataset: { ...result.dataset, name },
      seeds: result.seeds.map((seed) => ({ ...seed, epsilonReference })),
    }).robustness.text;
  expect(withReference(0.05)).toBe("ε_ref = 0.0500 (published: about 0.028). 2,000 test images.");
  expect(withReference(0.05, "mnist")).toBe("ε_ref = 0.0500. 2,000 test images.");
  expect(withReference(null)).toBe("There is no ε_ref above 0. 2,000 test images.");
});

test("captionsOf() keeps what a drawing says itself apart", () => {
  const { rho2, training } = captionsOf(exampleResult(2));
  expect(rho2.text).not.toContain("hill");
  expect(rho2.marks).toMatch(/hills.*error bars/);
  expect([training.text, training.marks]).toEqual([
    "",
    "Solid: test images; dashed: the images trained on. A line a seed. The loss of Deep Defense holds its regulariser.",
  ]);
});

test("captionsOf() says of several seeds what the ± is, and how many had an eps_ref", () => {
  const result = exampleResult(2);
  const [a, b] = result.seeds;
  const seeds = [
    { ...a!, epsilonReference: 0.06 },
    { ...b!, epsilonReference: null },
  ];
  expect(captionsOf({ ...result, seeds }).robustness.text).toBe(
    "ε_ref = 0.0600 (published: about 0.028), which 1 of 2 seeds have. 2,000 test images. Mean ± standard deviation over 2 seeds.",
  );
});

import type { Result } from "@gambeson/contract";
import { expect, test } from "vitest";
import { findAll, show, violations } from "../testing/in-page.ts";
import { handResult } from "../testing/hand-result.ts";
import { GambesonDiagnostics } from "./gambeson-diagnostics.ts";

/** FGS moves none of the first model's images; nothing is wrong with the second. */
function masked(): Result {
  const result = handResult();
  const [seed] = result.seeds;
  const none = { count: 0, of: 20 };
  const clean = { unfooled: none, wrongBefore: none, blank: none, curveRises: { count: 0, largest: 0 } };
  const models = seed!.models.map((model, i) => ({
    ...model,
    diagnostics: { ...clean, zeroGradient: i === 0 ? { count: 20, of: 20 } : none },
  }));
  return { ...result, seeds: [{ ...seed!, models }] };
}

test("<gambeson-diagnostics> has a badge for each model, and says in a sentence what a warning means", async () => {
  const element = await show(Object.assign(new GambesonDiagnostics(), { result: masked() }));
  expect(findAll(element, ".badge").map(({ textContent }) => textContent)).toEqual([
    "! 1 warning",
    "✓ nothing suspicious",
  ]);
  const sentences = findAll(element, ".models ul li").map(({ textContent }) => textContent);
  expect(sentences).toHaveLength(1);
  expect(sentences[0]).toContain("FGS cannot move 20 of 20 (100.00 %) images");
});

test.each(["light", "dark", "forced"] as const)(
  "<gambeson-diagnostics> has no axe violation, %s",
  async (colours) => {
    const element = await show(Object.assign(new GambesonDiagnostics(), { result: masked() }), 360);
    expect(await violations(element, colours)).toEqual([]);
  },
);

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settingsFrom, settingsText, withSettings, withValue, type Draft } from "./config-draft.ts";
import { defaultRegime, shortened, withAnother, withWholeRegimes } from "./regime-drafts.ts";

/** A regime with every setting written out, some of them changed to what may not even fit. */
const wholeRegimes = fc
  .tuple(
    fc.constantFrom("vanilla", "fine-tuned", "deep-defense"),
    fc.array(
      fc.tuple(
        fc.constantFrom("id", "label", "epochs", "unknown", "lambda", "deepFool", "deepFool.maxSteps"),
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer())),
      ),
    ),
  )
  .map(([kind, changes]) =>
    changes.reduce<Draft>((regime, [path, value]) => withValue(regime, path, value), {
      ...defaultRegime(kind),
    }),
  );

describe("shortened()", () => {
  test.each(["regimes", "regimes.0"])("of %s leaves out what is a default", (path) => {
    const regime = { ...defaultRegime("vanilla"), epochs: 9 };
    const value = path === "regimes" ? [regime] : regime;
    const short = { kind: "vanilla", epochs: 9 };
    expect(shortened({ path, value })).toEqual({ path, value: path === "regimes" ? [short] : short });
  });

  test.each([
    { path: "regimes.0.epochs", value: 5 },
    { path: "regimes", value: 7 },
    { path: "regimes", value: ["x", { kind: "none", epochs: 5 }] },
  ])("changes nothing of what is no whole regime: %j", (setting) => {
    expect(shortened(setting)).toEqual(setting);
  });

  test("leaves what an address gives back whole", () => {
    fc.assert(
      fc.property(fc.array(wholeRegimes), (regimes) => {
        const address = settingsText([shortened({ path: "regimes", value: regimes })]);
        const draft = withWholeRegimes(withSettings<Draft>({ regimes: [] }, settingsFrom(address)));
        // As JSON has it: what is undefined is not there.
        expect(draft).toEqual({ regimes });
      }),
    );
  });
});

test("withAnother() adds a regime whose id and label are no other's", () => {
  const one = withAnother([], "vanilla");
  expect(one).toEqual([defaultRegime("vanilla")]);
  const three = withAnother(withAnother(one, "vanilla"), "vanilla");
  expect(three.map(({ id, label }) => [id, label])).toEqual([
    ["vanilla", "Vanilla"],
    ["vanilla-2", "Vanilla 2"],
    ["vanilla-3", "Vanilla 3"],
  ]);
  expect(withAnother(one, "none")).toBe(one);
});

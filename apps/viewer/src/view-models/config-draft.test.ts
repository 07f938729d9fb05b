import { parseExperimentConfig } from "@gambeson/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  readDraft,
  settingsBetween,
  settingsFrom,
  settingsText,
  valueAt,
  withSettings,
  withValue,
  type Draft,
} from "./config-draft.ts";

const BASE: Draft = {
  title: "T",
  seeds: [1],
  model: { hidden: [100], deviation: 0.01 },
  regimes: [
    { kind: "a", epochs: 1 },
    { kind: "b", epochs: 2, walk: { clip: false } },
  ],
};

test("valueAt() and withValue() find a place, in lists too, and leave the rest as it is", () => {
  expect(valueAt(BASE, "regimes.1.walk.clip")).toBe(false);
  expect(valueAt(BASE, "regimes.7.walk")).toBeUndefined();
  const changed = withValue(BASE, "regimes.1.walk.clip", true);
  expect(changed).toEqual({
    ...BASE,
    regimes: [
      { kind: "a", epochs: 1 },
      { kind: "b", epochs: 2, walk: { clip: true } },
    ],
  });
  expect(changed.model).toBe(BASE.model);
  expect(valueAt(BASE, "regimes.1.walk.clip")).toBe(false);
});

test.each(["regimes.9.epochs", "regimes.x", "title.length", "__proto__.x", "constructor"])(
  "withValue() changes nothing where '%s' leads nowhere",
  (path) => {
    expect(withValue(BASE, path, 1)).toEqual(BASE);
    expect(({} as Draft).x).toBeUndefined();
  },
);

describe("settingsBetween()", () => {
  test.each<[string, Draft, [string, unknown][]]>([
    ["nothing", BASE, []],
    [
      "what differs, lists of numbers whole",
      withValue(withValue(BASE, "seeds", [1, 2]), "model.deviation", 1),
      [
        ["seeds", [1, 2]],
        ["model.deviation", 1],
      ],
    ],
    ["a key of its own that is new", { ...BASE, foo: 1 }, [["foo", 1]]],
    [
      "a place in a list of objects",
      withValue(BASE, "regimes.1.walk.clip", true),
      [["regimes.1.walk.clip", true]],
    ],
    ["one more object", withValue(BASE, "regimes.2", { kind: "a" }), [["regimes.2", { kind: "a" }]]],
    [
      "a list of fewer, whole",
      { ...BASE, regimes: [{ kind: "a", epochs: 1 }] },
      [["regimes", [{ kind: "a", epochs: 1 }]]],
    ],
    [
      "a list whose objects are of other kinds, whole",
      withValue(BASE, "regimes.0.kind", "c"),
      [
        [
          "regimes",
          [
            { kind: "c", epochs: 1 },
            { kind: "b", epochs: 2, walk: { clip: false } },
          ],
        ],
      ],
    ],
  ])("tells %s", (_, draft, settings) => {
    expect(settingsBetween(BASE, draft).map(({ path, value }) => [path, value])).toEqual(settings);
  });
});

describe("settings in an address", () => {
  test("are a line each; text stays as it is unless it could be taken for JSON", () => {
    const settings = [
      { path: "seeds", value: [1, 2] },
      { path: "title", value: "Two = 2 epochs" },
      { path: "label", value: "12" },
      { path: "name", value: "a\nb" },
      { path: "train", value: null },
    ];
    const text = 'seeds=[1,2]\ntitle=Two = 2 epochs\nlabel="12"\nname="a\\nb"\ntrain=null';
    expect(settingsText(settings)).toBe(text);
    expect(settingsFrom(text)).toEqual(settings);
  });

  test("give every draft back that they were made of", () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.array(fc.integer()),
    );
    const paths = [
      "title",
      "unknown",
      "seeds",
      "model.hidden",
      "model.deviation",
      "regimes.0.epochs",
      "regimes.1.walk.clip",
    ];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), value)), (changes) => {
        const draft = changes.reduce((before, [path, next]) => withValue(before, path, next), BASE);
        const read = settingsFrom(settingsText(settingsBetween(BASE, draft)));
        expect(withSettings(BASE, read)).toEqual(draft);
      }),
    );
  });

  test("lines that are no settings are left out", () => {
    expect(settingsFrom("")).toEqual([]);
    expect(settingsFrom("=1\nseeds\nseeds=[3]")).toEqual([{ path: "seeds", value: [3] }]);
  });
});

test("readDraft() says what is wrong in the server's words", () => {
  const config = parseExperimentConfig({});
  expect(readDraft({})).toEqual({ config, issues: [] });
  expect(readDraft({ pretraining: { epochs: "x" } })).toEqual({
    config: null,
    issues: [{ path: "pretraining.epochs", message: 'must be number: current value is "x"' }],
  });
});

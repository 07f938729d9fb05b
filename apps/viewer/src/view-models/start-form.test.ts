import { parseExperimentConfig, type PresetEntry } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { valueAt } from "./config-draft.ts";
import { leavesOf } from "./form-fields.ts";
import { withAnother } from "./regime-drafts.ts";
import {
  placedFields,
  placedIssues,
  settingQuery,
  startFields,
  startForm,
  startRequest,
} from "./start-form.ts";

const preset = (name: string, config: object): PresetEntry => ({
  name,
  title: name,
  description: "",
  config: parseExperimentConfig(config),
});
const PRESETS = [preset("quick", { pretraining: { epochs: 5 } }), preset("report", {})];

function formOf(query: Readonly<Record<string, string>>) {
  const form = startForm(query, PRESETS);
  if (form === null) throw new Error("no form");
  return form;
}

describe("startForm()", () => {
  test("is the report's where the address names no preset that there is", () => {
    expect(formOf({}).preset.name).toBe("report");
    expect(formOf({ preset: "gone" }).preset.name).toBe("report");
    expect(startForm({}, [])).toBeNull();
  });

  test("is the preset's, changed by the settings in the address", () => {
    const form = formOf({
      preset: "quick",
      set: "seeds=[1,2]\npretraining.epochs=5",
      name: "N",
      tags: "a, b,a,,",
    });
    expect(form.settings).toEqual([{ path: "seeds", value: [1, 2] }]);
    expect(form.read.config).toEqual(parseExperimentConfig({ pretraining: { epochs: 5 }, seeds: [1, 2] }));
    expect(startRequest(form, true)).toEqual({
      config: form.draft,
      name: "N",
      tags: ["a", "b"],
      fresh: true,
    });
  });

  test("gives the address of each change, and none where nothing differs any more", () => {
    const form = formOf({ preset: "quick" });
    expect(settingQuery(form, { path: "pretraining.epochs", value: "x" })).toEqual({
      set: "pretraining.epochs=x",
    });
    expect(settingQuery(form, { path: "pretraining.epochs", value: 5 })).toEqual({ set: null });
  });

  test.each(["foo=1", 'regimes=[{"kind":"vanilla","foo":1}]'])(
    "a change is kept beside a setting that no config has: %s",
    (unknown) => {
      const { set } = settingQuery(formOf({ set: unknown }), { path: "seeds", value: [7] });
      const form = formOf({ set: set! });
      expect(form.draft.seeds).toEqual([7]);
      expect(form.settings.map(({ path }) => path).toSorted()).toEqual(
        [unknown.split("=")[0]!, "seeds"].toSorted(),
      );
      expect(form.read.issues).toMatchObject([{ path: expect.stringMatching(/foo$/) as string }]);
    },
  );

  test("keeps regimes that were added or taken away, without their defaults, and reads them whole", () => {
    const form = formOf({});
    const regimes = form.draft.regimes as Record<string, unknown>[];
    const more = withAnother(regimes, "deep-defense").map((regime) =>
      regime.id === "deep-defense-2"
        ? { ...regime, deepFool: { ...(regime.deepFool as object), maxSteps: 9 } }
        : regime,
    );
    const { set } = settingQuery(form, { path: "regimes", value: more });
    expect(set).toBe(
      'regimes.3={"kind":"deep-defense","id":"deep-defense-2","label":"Deep Defense 2","deepFool":{"maxSteps":9}}',
    );
    const again = formOf({ set: set! });
    expect(again.draft.regimes).toEqual(more);
    expect(again.read.issues).toEqual([]);

    const fewer = settingQuery(form, { path: "regimes", value: regimes.slice(2) }).set!;
    expect(fewer).toBe('regimes=[{"kind":"deep-defense"}]');
    expect(formOf({ set: fewer }).draft.regimes).toEqual(regimes.slice(2));
  });

  test("what an address holds that is no config is told, and breaks nothing", () => {
    for (const set of ["regimes=7", 'regimes=["x"]', "model=null", "dataset=[]", "nothing.at.all=1"]) {
      const { read } = formOf({ set });
      expect([set, read.issues.length > 0 || read.config !== null]).toEqual([set, true]);
    }
    expect(formOf({ set: "regimes=7" }).read.issues[0]).toMatchObject({ path: "regimes" });
  });
});

test("startFields() shows every setting once", () => {
  const { main, regimes, more } = startFields();
  const paths = [...main, ...leavesOf(more)].map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(main.map(({ path }) => path)).toEqual([
    "seeds",
    "dataset.train",
    "dataset.test",
    "model.hidden",
    "pretraining.epochs",
  ]);
  expect(paths).toContain("evaluation.deepFool.maxSteps");
  const config = parseExperimentConfig({});
  for (const path of paths) expect([path, valueAt(config, path)]).not.toEqual([path, undefined]);
  expect(regimes.variants.map(({ name }) => name)).toEqual(["vanilla", "fine-tuned", "deep-defense"]);
});

describe("placedIssues()", () => {
  const fields = startFields();
  const placed = (set: string) => {
    const { draft, read } = formOf({ set });
    return placedIssues(read.issues, placedFields(fields, draft));
  };

  test.each([
    ["seeds=[1,-1,-2]", "seeds", "Entry 2: a whole number from 0"],
    ["seeds=[]", "seeds", "At least one number"],
    ["seeds=[1,1]", "seeds", "Must not repeat a seed"],
    ['model.hidden=[16,"x"]', "model.hidden", "Entry 2: a whole number from 1 to 10,000"],
    ["dataset.train=-3", "dataset.train", "A whole number from 1"],
    ["dataset.train=99999999", "dataset.train", "A whole number from 1 to 10,000,000"],
    ["regimes.0.epochs=0.5", "regimes.0.epochs", "A whole number from 0 to 1,000"],
    ["regimes.2.learningRate=0", "regimes.2.learningRate", "A number above 0 up to 10"],
    ["dataset.name=", "dataset.name", "Must have at least 1 character"],
    [
      "evaluation.epsilonReference.model=gone",
      "evaluation.epsilonReference.model",
      "Must be the id of a regime",
    ],
    [
      'regimes.2.deepFool={"clip":true,"geometry":"first-layer"}',
      "regimes.2.deepFool.geometry",
      "Must not be first-layer where clip is true",
    ],
  ])("says what belongs there in plain words: %s", (set, path, text) => {
    const { beside, others } = placed(set);
    expect(Object.fromEntries(beside)).toEqual({ [path]: text });
    expect(others).toEqual([]);
  });

  test("names the fields as the page does, in its order", () => {
    const set =
      'evaluation.deepFool.maxSteps=0\nregimes.2.epochs="x"\nmodel.hidden=["x"]\nseeds=[]\ndataset.name=';
    expect(placed("seeds=[1]").fields).toEqual([]);
    expect(placed(set).fields.map(({ label }) => label)).toEqual([
      ...["Data set", "Seeds", "Hidden layers", "Deep Defense, Epochs", "Evaluation, DeepFool, Most steps"],
    ]);
  });

  test("keeps what belongs to no field", () => {
    expect(placed("foo=1").others).toEqual(["foo is not a known key"]);
    expect(placedIssues([{ path: "", message: "regimes must differ" }], []).others).toEqual([
      "regimes must differ",
    ]);
  });
});

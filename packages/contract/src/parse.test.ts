import { describe, expect, test } from "vitest";
import { ConfigError, parseExperimentConfig, parseResult } from "./parse.ts";

describe("parseExperimentConfig()", () => {
  test("writes every default out, so that parsing again changes nothing", () => {
    const resolved = parseExperimentConfig({});
    expect(parseExperimentConfig(JSON.parse(JSON.stringify(resolved)))).toEqual(resolved);
    expect(resolved.regimes.map(({ id }) => id)).toEqual(["vanilla", "fine-tuned", "deep-defense"]);
    expect(resolved.seeds).toEqual([1]);
  });

  test("keeps what is written", () => {
    const { regimes, evaluation } = parseExperimentConfig({
      regimes: [{ kind: "deep-defense", lambda: 2, deepFool: { maxSteps: 9 } }],
      evaluation: { accuracyAt: [1] },
    });
    expect(regimes[0]).toMatchObject({
      lambda: 2,
      c: 25,
      deepFool: { maxSteps: 9, convention: "test-with" },
    });
    expect(evaluation.accuracyAt).toEqual([1]);
  });

  test.each([
    [{ epochs: 3 }, "Cannot read the config as epochs is not a known key"],
    [{ regimes: [{ kind: "vanilla", epochz: 1 }] }, "regimes.0.epochz is not a known key"],
    [{ evaluation: { deepFool: { steps: 1 } } }, "evaluation.deepFool.steps is not a known key"],
    [
      { regimes: [{ kind: "magic" }] },
      'regimes.0.kind must be ("vanilla" | "fine-tuned" | "deep-defense"): current value is "magic"',
    ],
    [
      { evaluation: { deepFool: { overshoot: -1 } } },
      "evaluation.deepFool.overshoot must be >=0: current value is -1",
    ],
    [{ pretraining: { epochs: 1.5 } }, "pretraining.epochs must be an integer: current value is 1.5"],
    [{ pretraining: { batchSize: 0 } }, "pretraining.batchSize must be >=1: current value is 0"],
    [
      { pretraining: { learningRate: Number.NaN } },
      "pretraining.learningRate must be number: current value is NaN",
    ],
    [
      { pretraining: { learningRate: Infinity } },
      "pretraining.learningRate must be <=10: current value is Infinity",
    ],
    [{ seeds: [] }, "seeds must have at least 1 entry: current value has 0"],
    [
      { seeds: Array.from({ length: 101 }, (_, seed) => seed) },
      "seeds must have at most 100 entries: current value has 101",
    ],
    [{ dataset: { name: "" } }, "dataset.name must have at least 1 character: current value has 0"],
    [
      { dataset: { name: "x".repeat(4097) } },
      "dataset.name must have at most 4096 characters: current value has 4097",
    ],
    [{ seeds: [1, 1] }, "seeds must not repeat a seed"],
    [{ seeds: [-1] }, "seeds.0 must be >=0: current value is -1"],
    [
      { regimes: [{ kind: "vanilla", id: "No Id" }] },
      "regimes.0.id must be lower-case letters, digits and dashes",
    ],
    [{ regimes: [{ kind: "vanilla", id: "pretrained" }] }, "not 'pretrained'"],
    [{ regimes: [{ kind: "vanilla" }, { kind: "vanilla" }] }, "regimes must each have an id of their own"],
    [{ regimes: [{ kind: "vanilla" }] }, "evaluation.epsilonReference.model must be the id of a regime"],
    [
      { crafting: { deepFool: { clip: true, geometry: "first-layer" } } },
      "crafting.deepFool geometry must not be first-layer where clip is true",
    ],
    [{ evaluation: { epsilonReference: { step: 1e-9 } } }, "must leave 10,000 grid points at most"],
    [{ model: { hidden: [0] } }, "model.hidden.0 must be >=1: current value is 0"],
    [{ model: [] }, "model must be Object: current value is Array"],
    [[], "must be Object: current value is Array"],
    ["report", 'must be Object: current value is "report"'],
    [null, "must be Object: current value is null"],
  ])("refuses %j in one line that names the place", (input, message) => {
    expect(() => parseExperimentConfig(input)).toThrow(ConfigError);
    expect(() => parseExperimentConfig(input)).toThrow(message);
  });

  test("names every fault at once", () => {
    try {
      parseExperimentConfig({ a: 1, pretraining: { epochs: -1 } });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).issues.map(({ path }) => path).toSorted()).toEqual([
        "a",
        "pretraining.epochs",
      ]);
    }
  });

  test("counts the faults beyond twenty, and quotes what was written in one line and not at length", () => {
    try {
      parseExperimentConfig({ seeds: new Array<string>(50).fill("x\n".repeat(100)) });
      expect.unreachable();
    } catch (error) {
      const { issues } = error as ConfigError;
      expect(issues).toHaveLength(21);
      expect(issues[19]).toEqual({
        path: "seeds.19",
        message: `must be number: current value is "${String.raw`x\u000a`.repeat(39)}…`,
      });
      expect(issues[20]).toEqual({ path: "", message: "has 30 more faults" });
    }
  });
});

test.each([[{}], [{ schemaVersion: 2 }], [null]])("parseResult() refuses %j", (input) => {
  expect(() => parseResult(input)).toThrow(ConfigError);
});

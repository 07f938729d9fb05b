import fc from "fast-check";
import { expect, test } from "vitest";
import { ConfigError, parseExperimentConfig } from "./parse.ts";
import { damagedBytes } from "./testing/damaged-bytes.ts";
import { fuzzParser } from "./testing/fuzz-parser.ts";

/** A config as a user may write it, with something of everything. */
const CONFIG = {
  name: "tiny",
  title: "Tiny",
  dataset: { name: "synthetic", train: 200, test: null },
  seeds: [1, 2],
  model: { hidden: [16], initialDeviation: 0.01 },
  adam: { beta1: 0.9 },
  pretraining: { epochs: 4, batchSize: 20, learningRate: 0.01 },
  crafting: { deepFool: { maxSteps: 6, overshoot: 0.02, convention: "in-loop", margin: 0, clip: false } },
  regimes: [
    { kind: "vanilla", id: "plain", label: "Plain", epochs: 2 },
    { kind: "deep-defense", images: "benign", lambda: 15, deepFool: { geometry: "auto" } },
  ],
  evaluation: {
    fgs: { clip: true },
    epsilonReference: { misclassified: 0.5, upTo: 1, step: 0.005 },
    accuracyAt: [0.2, 1],
    curve: { points: 5, upTo: 2 },
    rocClasses: [2, 3],
    samples: { count: 2, epsilon: 0.05 },
  },
};
const TEXT = JSON.stringify(CONFIG);

/** What may stand in place of any value of a config. */
const wrongValue = fc.oneof(
  fc.constantFrom(
    ...[
      -1,
      -0,
      0,
      0.5,
      1,
      2 ** 31,
      2 ** 53,
      1e308,
      -1e308,
      5e-324,
      null,
      true,
      "",
      "auto",
      "\n\0\u202e",
      [],
      {},
    ],
    ...[
      "x".repeat(100_000),
      new Array<number>(20_000).fill(1),
      new Array<string>(50_000).fill("a"),
      nested(1000),
      { constructor: 1, toString: {} },
    ],
  ),
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
);
const wrongKey = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "length",
    "0",
    "",
    "kind",
    "id",
    "\n",
    "k".repeat(10_000),
  ),
  fc.string({ unit: "binary" }),
);

/** The config with one to three of its values, at any depth, replaced, left out or joined by others. */
const damagedConfig = fc
  .array(
    fc.record({ at: fc.nat(), how: fc.constantFrom("set", "omit", "add"), key: wrongKey, value: wrongValue }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((damages) => {
    const config = JSON.parse(TEXT) as object;
    for (const { at, how, key, value } of damages) {
      const places = placesIn(config);
      const [owner, own] = places[at % places.length]!;
      if (how === "omit") Reflect.deleteProperty(owner, own);
      else if (how === "add" && Array.isArray(owner)) owner.push(value);
      else define(owner, how === "add" ? key : own, value);
    }
    return JSON.stringify(config);
  });

const texts = fc.oneof(
  { weight: 4, arbitrary: damagedConfig },
  {
    weight: 2,
    arbitrary: damagedBytes(new TextEncoder().encode(TEXT)).map((bytes) => new TextDecoder().decode(bytes)),
  },
  // Numbers that JSON can write and a double cannot hold; and what is no JSON, though other readers take it.
  fc
    .tuple(
      fc.nat(),
      fc.constantFrom(
        "1e999",
        "-1e999",
        "1e-999",
        "0x10",
        "NaN",
        "Infinity",
        "9".repeat(400),
        "01",
        "1.",
        "-",
      ),
    )
    .map(([at, number]) => replaceNumber(at, number)),
  fc.json(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("[".repeat(100_000), deep("[", "]"), deep('{"model":', "}")),
);

test("parseExperimentConfig() resolves whatever text there is to a sound config, or says in one line what is wrong", async () => {
  let issues = 0;
  const { accepted, refused } = await fuzzParser(
    texts.map(jsonOf),
    (input) => {
      let config;
      try {
        config = parseExperimentConfig(input);
      } catch (error) {
        for (const { path, message } of (error as ConfigError).issues) {
          expect(`${path} ${message}`).toMatch(/^\P{Cc}*$/u);
          issues++;
        }
        throw error;
      }
      const text = JSON.stringify(config);
      expect(JSON.stringify(parseExperimentConfig(JSON.parse(text)))).toBe(text);
      expect(text).not.toMatch(/__proto__|constructor/);
      // Only what may be null is: a number that is none would be written as null.
      expect(text.replace(/"(?:train|test)":null/g, "")).not.toMatch(/:null|\[null/);
    },
    [ConfigError],
  );
  expect(accepted).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(1000);
  expect(issues).toBeGreaterThan(1000);
});

/** The value that the text says; where it is no JSON, the text itself: it is no config either. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Every property of a value and of what is in it. */
function placesIn(value: object): (readonly [owner: object, key: string])[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [
    [value, key] as const,
    // What was put in before may be deep or wide.
    ...(typeof inner === "object" && inner !== null && JSON.stringify(inner).length < 2000
      ? placesIn(inner)
      : []),
  ]);
}

/** Also where the key is `__proto__`, as JSON.parse does. */
function define(owner: object, key: string, value: unknown): void {
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}

function replaceNumber(at: number, number: string): string {
  const numbers = Array.from(TEXT.matchAll(/(?<=[:[,])[\d.]+/g));
  const { index, 0: old } = numbers[at % numbers.length]!;
  return TEXT.slice(0, index) + number + TEXT.slice(index + old.length);
}

function deep(open: string, close: string): string {
  return `${open.repeat(50_000)}1${close.repeat(50_000)}`;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { config: value };
  return value;
}

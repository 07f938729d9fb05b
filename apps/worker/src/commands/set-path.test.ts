import { parseExperimentConfig } from "@gambeson/contract";
import { expect, test } from "vitest";
import { setPath } from "./set-path.ts";
import { UsageError } from "./usage-error.ts";

const CONFIG = { name: "a", list: [{ epochs: 5 }, { epochs: 6 }], deep: { er: { x: null } } };

test.each([
  ["name=b", { ...CONFIG, name: "b" }],
  ["name=a=b", { ...CONFIG, name: "a=b" }],
  ["name=", { ...CONFIG, name: "" }],
  ['name="7"', { ...CONFIG, name: "7" }],
  ["name=7", { ...CONFIG, name: 7 }],
  ["name=null", { ...CONFIG, name: null }],
  ["name=[1, 2]", { ...CONFIG, name: [1, 2] }],
  ["name={oops", { ...CONFIG, name: "{oops" }],
  ["list.1.epochs=2", { ...CONFIG, list: [{ epochs: 5 }, { epochs: 2 }] }],
  ['list.2={"epochs":1}', { ...CONFIG, list: [...CONFIG.list, { epochs: 1 }] }],
  ["deep.er.x=true", { ...CONFIG, deep: { er: { x: true } } }],
  ["new.key=1", { ...CONFIG, new: { key: 1 } }],
])("setPath() applies %s", (setting, expected) => {
  expect(setPath(CONFIG, setting)).toEqual(expected);
});

test("setPath() leaves what it is given as it was", () => {
  const before = structuredClone(CONFIG);
  setPath(CONFIG, "list.0.epochs=9");
  expect(CONFIG).toEqual(before);
});

test.each([
  ["name", /must be path=value: current value is "name"/],
  ["=3", /must be path=value/],
  ["list.3=1", /"3" must be a position from 0 to 2/],
  ["list.-1=1", /"-1" must be a position/],
  ["list.first=1", /"first" must be a position/],
  ["name.x=1", /"x" is looked for in must have parts: current value is "a"/],
  ["deep..x=1", /must be a key: current value is ""/],
  ["__proto__.polluted=1", /must be a key: current value is "__proto__"/],
  ["deep.constructor.prototype.polluted=1", /must be a key: current value is "constructor"/],
])("setPath() refuses %s", (setting, message) => {
  expect(() => setPath(CONFIG, setting)).toThrow(message);
  expect(() => setPath(CONFIG, setting)).toThrow(UsageError);
  expect("polluted" in {}).toBe(false);
});

test("setPath() leaves it to the schema to refuse keys it does not know", () => {
  const config = setPath(parseExperimentConfig({}), "pretraining.epocs=2");
  expect(() => parseExperimentConfig(config)).toThrow(/pretraining\.epocs is not a known key/);
});

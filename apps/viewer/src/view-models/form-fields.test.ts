import { experimentConfigSchema } from "@gambeson/contract";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { formFields, leavesOf, type FormField } from "./form-fields.ts";

const told = (schema: v.GenericSchema) => v.pipe(schema, v.title("T"), v.description("D."));
const one = (schema: v.GenericSchema) => formFields(v.strictObject({ a: schema }))[0];
const about = { path: "a", label: "T", help: "D." };
const free = { isInteger: false, min: null, max: null, above: null, below: null };

describe("formFields()", () => {
  test.each<[string, v.GenericSchema, object]>([
    [
      "a number with its bounds",
      v.optional(told(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9))), 3),
      { ...about, ...free, kind: "number", isInteger: true, min: 0, max: 9, isNullable: false, default: 3 },
    ],
    [
      "a number between others, in a pipe within a pipe",
      v.optional(told(v.pipe(v.pipe(v.number(), v.gtValue(0)), v.ltValue(1))), 0.5),
      { ...about, ...free, kind: "number", above: 0, below: 1, isNullable: false, default: 0.5 },
    ],
    [
      "a number that may be null",
      v.optional(told(v.nullable(v.number())), null),
      { ...about, ...free, kind: "number", isNullable: true, default: null },
    ],
    [
      "a choice",
      v.optional(told(v.picklist(["x", "y"])), "y"),
      { ...about, kind: "choice", options: ["x", "y"], default: "y" },
    ],
    ["a switch", v.optional(told(v.boolean()), true), { ...about, kind: "switch", default: true }],
    [
      "a text",
      v.optional(told(v.pipe(v.string(), v.maxLength(7))), "t"),
      { ...about, kind: "text", maxLength: 7, default: "t" },
    ],
    [
      "numbers",
      v.optional(told(v.array(v.pipe(v.number(), v.minValue(1)))), [1, 2]),
      { ...about, ...free, kind: "numbers", min: 1, default: [1, 2] },
    ],
    [
      "a group",
      v.optional(told(v.strictObject({ b: v.boolean() })), {}),
      {
        ...about,
        kind: "group",
        fields: [{ kind: "switch", path: "a.b", label: "a.b", help: "", default: undefined }],
      },
    ],
    [
      "variants",
      told(
        v.array(
          v.variant("kind", [
            v.pipe(v.strictObject({ kind: v.literal("x"), b: v.boolean() }), v.title("X")),
            v.strictObject({ kind: v.literal("y") }),
          ]),
        ),
      ),
      {
        ...about,
        kind: "variants",
        key: "kind",
        variants: [
          {
            name: "x",
            label: "X",
            help: "",
            fields: [{ kind: "switch", path: "b", label: "b", help: "", default: undefined }],
          },
          { name: "y", label: "y", help: "", fields: [] },
        ],
      },
    ],
  ])("makes %s", (_, schema, field) => {
    expect(one(schema)).toEqual(field);
  });

  test("refuses what it cannot show", () => {
    expect(() => one(v.bigint())).toThrow(
      "Cannot make a field of a as its schema must be of a kind that forms know: current value is bigint",
    );
    expect(() => one(v.array(v.string()))).toThrow("its entries must be numbers or variants");
  });

  test("every setting of a config has a name of its own and says what it does", () => {
    const untold = (fields: readonly FormField[]): string[] =>
      fields.flatMap((field) => [
        ...(field.label === field.path || !/^\S.*[.)]$/.test(field.help) ? [field.path] : []),
        ...(field.kind === "group" ? untold(field.fields) : []),
        ...(field.kind === "variants"
          ? field.variants.flatMap((variant) => [
              ...(variant.label === variant.name || variant.help === "" ? [variant.name] : []),
              ...untold(variant.fields),
            ])
          : []),
      ]);
    const fields = formFields(experimentConfigSchema);
    expect(untold(fields)).toEqual([]);
    expect(leavesOf(fields).length).toBeGreaterThan(30);
    expect(leavesOf(fields).find(({ path }) => path === "evaluation.curve.points")).toMatchObject({
      isInteger: true,
      min: 2,
      max: 2000,
      default: 61,
    });
  });
});

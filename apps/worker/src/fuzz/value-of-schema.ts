import fc from "fast-check";

/** As much of JSON Schema as our document uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/**
 * Values that fit a schema.
 *
 * @param known Text that means something to the server, such as a run's id: taken, mostly, wherever it fits a pattern.
 */
export function valueOfSchema(schema: JsonSchema, known: readonly string[]): fc.Arbitrary<unknown> {
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "string":
      return textOfSchema(schema, known);
    case "boolean":
      return fc.boolean();
    case "number":
    case "integer":
      return fc.nat(1000);
    case "array":
      return fc.array(valueOfSchema(schema.items ?? {}, known), {
        maxLength: Math.min(5, schema.maxItems ?? 5),
      });
    case "object":
      return objectOfSchema(schema, known);
    case undefined:
    default:
      return fc.jsonValue();
  }
}

function textOfSchema(
  { pattern, minLength = 0, maxLength = 200 }: JsonSchema,
  known: readonly string[],
): fc.Arbitrary<string> {
  const text = fc.string({ minLength, maxLength: Math.min(40, maxLength), unit: "grapheme" });
  // fast-check makes no text of Unicode's properties; such patterns only forbid control characters.
  if (pattern === undefined || /\\p/i.test(pattern)) return text;
  const expression = new RegExp(pattern, "u");
  const fitting = known.filter((word) => expression.test(word));
  const any = fc.stringMatching(expression, { maxLength: 300 });
  return fitting.length === 0 ? any : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...fitting) }, any);
}

function objectOfSchema(
  { properties = {}, required = [] }: JsonSchema,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(
    ([name, schema]) => [name, valueOfSchema(schema, known)] as const,
  );
  if (fields.length === 0) return fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] });
}

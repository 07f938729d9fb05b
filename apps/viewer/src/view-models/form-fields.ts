import * as v from "valibot";

/** A setting, or a group of them, as a form shows it. */
export type FormField =
  NumberField | NumbersField | ChoiceField | SwitchField | TextField | GroupField | VariantsField;

interface FieldBase {
  /** Where it stands in its config: "evaluation.curve.points"; in a variant, from the variant on. */
  readonly path: string;
  readonly label: string;
  /** What it does, in a sentence or two. */
  readonly help: string;
}
/** Bounds of a number; null for none. */
export interface NumberBounds {
  readonly isInteger: boolean;
  readonly min: number | null;
  readonly max: number | null;
  /** It must be greater than this. */
  readonly above: number | null;
  /** It must be less than this. */
  readonly below: number | null;
}
export interface NumberField extends FieldBase, NumberBounds {
  readonly kind: "number";
  /** Whether it may be left empty, which is null. */
  readonly isNullable: boolean;
  readonly default: unknown;
}
/** A list of numbers. */
export interface NumbersField extends FieldBase, NumberBounds {
  readonly kind: "numbers";
  readonly default: unknown;
}
export interface ChoiceField extends FieldBase {
  readonly kind: "choice";
  readonly options: readonly string[];
  readonly default: unknown;
}
export interface SwitchField extends FieldBase {
  readonly kind: "switch";
  readonly default: unknown;
}
export interface TextField extends FieldBase {
  readonly kind: "text";
  readonly maxLength: number | null;
  readonly default: unknown;
}
export interface GroupField extends FieldBase {
  readonly kind: "group";
  readonly fields: readonly FormField[];
}
/** A list of objects, each of one of these variants, told by its `key`. */
export interface VariantsField extends FieldBase {
  readonly kind: "variants";
  readonly key: string;
  readonly variants: readonly Variant[];
}
export interface Variant {
  /** What `key` holds. */
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly fields: readonly FormField[];
}
/** A field that holds one value. */
export type LeafField = Exclude<FormField, GroupField | VariantsField>;

/**
 * The fields of an object's schema, in its order, with the titles, descriptions and defaults that the schema has.
 *
 * @throws {TypeError} If the schema holds what no form here can show.
 */
export function formFields(schema: v.GenericSchema, path = ""): readonly FormField[] {
  return Object.entries(entriesOf(schema))
    .filter(([, entry]) => bareOf(entry).schema.type !== "literal")
    .map(([key, entry]) => fieldOf(entry, path === "" ? key : `${path}.${key}`));
}

/** Every field that holds one value, those within groups included. */
export function leavesOf(fields: readonly FormField[]): readonly LeafField[] {
  return fields.flatMap((field) => {
    if (field.kind === "group") return leavesOf(field.fields);
    return field.kind === "variants" ? [] : [field];
  });
}

function fieldOf(entry: v.GenericSchema, path: string): FormField {
  const { schema, isNullable } = bareOf(entry);
  const about = { path, label: titleOf(entry) ?? path, help: descriptionOf(entry) ?? "" };
  const fallback = defaultOf(entry);
  switch (schema.type) {
    case "strict_object":
      return { kind: "group", ...about, fields: formFields(schema, path) };
    case "number":
      return { kind: "number", ...about, ...boundsOf(schema), isNullable, default: fallback };
    case "boolean":
      return { kind: "switch", ...about, default: fallback };
    case "picklist":
      return {
        kind: "choice",
        ...about,
        options: (schema as unknown as { options: readonly string[] }).options,
        default: fallback,
      };
    case "string":
      return { kind: "text", ...about, maxLength: requirementOf(schema, "max_length"), default: fallback };
    case "array":
      return listOf((schema as unknown as { item: v.GenericSchema }).item, about, fallback);
    default:
      throw new TypeError(
        `Cannot make a field of ${path} as its schema must be of a kind that forms know: current value is ${schema.type}`,
      );
  }
}

function listOf(item: v.GenericSchema, about: FieldBase, fallback: unknown): FormField {
  if (item.type === "number") return { kind: "numbers", ...about, ...boundsOf(item), default: fallback };
  if (item.type === "variant") {
    const { key, options } = item as unknown as { key: string; options: readonly v.GenericSchema[] };
    return { kind: "variants", ...about, key, variants: options.map((option) => variantOf(option, key)) };
  }
  throw new TypeError(
    `Cannot make a field of ${about.path} as its entries must be numbers or variants: current value is ${item.type}`,
  );
}

function variantOf(schema: v.GenericSchema, key: string): Variant {
  const { literal } = entriesOf(schema)[key] as unknown as { literal: string };
  return {
    name: literal,
    label: titleOf(schema) ?? literal,
    help: descriptionOf(schema) ?? "",
    fields: formFields(schema),
  };
}

/** A schema below what lets it be left out or be null. */
function bareOf(schema: v.GenericSchema): { readonly schema: v.GenericSchema; readonly isNullable: boolean } {
  if (schema.type !== "optional" && schema.type !== "nullable") return { schema, isNullable: false };
  const inner = bareOf((schema as unknown as { wrapped: v.GenericSchema }).wrapped);
  return { schema: inner.schema, isNullable: inner.isNullable || schema.type === "nullable" };
}

function entriesOf(schema: v.GenericSchema): Readonly<Record<string, v.GenericSchema>> {
  return (schema as unknown as { entries: Readonly<Record<string, v.GenericSchema>> }).entries;
}

/** The schema, and what it wraps, from the outside in. */
function layersOf(schema: v.GenericSchema): readonly v.GenericSchema[] {
  const { wrapped } = schema as unknown as { wrapped?: v.GenericSchema };
  return wrapped === undefined ? [schema] : [schema, ...layersOf(wrapped)];
}

/** What stands there when nothing is written; undefined where something must be. */
function defaultOf(entry: v.GenericSchema): unknown {
  return (entry as unknown as { default?: unknown }).default;
}

function titleOf(schema: v.GenericSchema): string | undefined {
  return layersOf(schema)
    .map((layer) => v.getTitle(layer))
    .find((title) => title !== undefined);
}

function descriptionOf(schema: v.GenericSchema): string | undefined {
  return layersOf(schema)
    .map((layer) => v.getDescription(layer))
    .find((description) => description !== undefined);
}

function boundsOf(schema: v.GenericSchema): NumberBounds {
  return {
    isInteger: actionsOf(schema).some(({ type }) => type === "integer"),
    min: requirementOf(schema, "min_value"),
    max: requirementOf(schema, "max_value"),
    above: requirementOf(schema, "gt_value"),
    below: requirementOf(schema, "lt_value"),
  };
}

/** What an action of this kind asks for; of several the last, which the schemas here make the stricter one. */
function requirementOf(schema: v.GenericSchema, type: string): number | null {
  const found = actionsOf(schema).findLast((action) => action.type === type);
  return found?.requirement ?? null;
}

interface Action {
  readonly type: string;
  readonly requirement?: number;
}

/** What a schema's pipe does, pipes within pipes included; a pipe's first item is the schema that it begins with. */
function actionsOf(schema: v.GenericSchema): readonly Action[] {
  const { pipe = [] } = schema as unknown as { pipe?: readonly [v.GenericSchema, ...Action[]] | [] };
  const [first, ...actions] = pipe;
  return first === undefined ? [] : [...actionsOf(first), ...actions];
}

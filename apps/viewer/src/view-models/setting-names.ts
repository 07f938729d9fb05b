import { experimentConfigSchema } from "@gambeson/contract";
import { numberText } from "@gambeson/elements/numbers";
import { valueAt } from "./config-draft.ts";
import { valueText } from "./field-text.ts";
import { formFields, type LeafField, type VariantsField } from "./form-fields.ts";
import { labelled, type PlacedField } from "./start-form.ts";

/** What people call a setting or a fact, and how they write its values. */
export interface SettingName {
  readonly label: string;
  readonly field: LeafField | null;
}

/** What no form asks for. */
const FACTS: Readonly<Record<string, string>> = {
  "environment.version": "Gambeson",
  "environment.code": "Code",
  "environment.runtime": "Runtime",
  "environment.platform": "Platform",
  "environment.backend.variant": "WebAssembly",
  "environment.backend.threads": "Threads",
  "environment.backend.fallback": "Why not the fastest WebAssembly",
  "environment.backend.tensorflow": "TensorFlow.js",
  "environment.backend.kernels": "Kernels",
  "dataset.title": "Data set",
  "dataset.name": "Data set, as configs name it",
  "dataset.synthetic": "Drawn images",
  "dataset.warning": "Warning of the data set",
  "dataset.classNames": "Classes",
  "dataset.width": "Width of an image",
  "dataset.height": "Height of an image",
  "dataset.train.count": "Training images",
  "dataset.train.imagesSha256": "Training images, SHA-256",
  "dataset.train.labelsSha256": "Training labels, SHA-256",
  "dataset.test.count": "Test images",
  "dataset.test.imagesSha256": "Test images, SHA-256",
  "dataset.test.labelsSha256": "Test labels, SHA-256",
};

/** Facts that are known by `provenanceDifferences()`, by their paths. */
export const FACT_NAMES: ReadonlyMap<string, SettingName> = new Map(
  Object.entries(FACTS).map(([path, label]) => [path, { label, field: null }]),
);

/** The settings of configs as the form that starts a run names them, by the paths that `configDifferences()` gives. */
export function settingNames(configs: readonly object[]): ReadonlyMap<string, SettingName> {
  const fields = formFields(experimentConfigSchema);
  const regimes = fields.find((field) => field.kind === "variants");
  const ofRegimes = regimes === undefined ? [] : configs.flatMap((config) => regimeFields(config, regimes));
  return new Map(
    // The first config that has a regime names it.
    [...ofRegimes.toReversed(), ...labelled(fields)].map(({ path, label, field }) => [
      path,
      { label, field },
    ]),
  );
}

function regimeFields(config: object, { path, key, variants }: VariantsField): readonly PlacedField[] {
  const regimes = valueAt(config, path);
  if (!Array.isArray(regimes)) return [];
  return regimes.flatMap((regime: unknown) => {
    const variant = variants.find(({ name }) => name === valueAt(regime, key));
    return labelled(variant?.fields ?? [], String(valueAt(regime, "label"))).map((placed) => ({
      ...placed,
      path: `${path}.${String(valueAt(regime, "id"))}.${placed.path}`,
    }));
  });
}

/** A value in words: "all", "1, 2", "60,000"; a dash where there is none. */
export function settingValueText(value: unknown, field: LeafField | null = null): string {
  if (value === undefined) return "–";
  if (typeof value === "number" && Number.isInteger(value)) return numberText(value);
  if (field !== null) return valueText(field, value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === null) return "none";
  if (Array.isArray(value)) return value.map(String).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

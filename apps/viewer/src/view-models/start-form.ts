import { experimentConfigSchema, type PresetEntry, type RunRequestInput } from "@gambeson/contract";
import type { Query } from "../app/routes.ts";
import {
  readDraft,
  settingsBetween,
  settingsFrom,
  settingsText,
  valueAt,
  withSettings,
  withValue,
  type Draft,
  type DraftIssue,
  type ReadDraft,
  type Setting,
} from "./config-draft.ts";
import {
  formFields,
  type FormField,
  type GroupField,
  type LeafField,
  type VariantsField,
} from "./form-fields.ts";
import { wantedText } from "./field-text.ts";
import { shortened, withWholeRegimes } from "./regime-drafts.ts";

/** The form that starts a run, as its address tells it. */
export interface StartForm {
  readonly preset: PresetEntry;
  readonly draft: Draft;
  /** What differs from the preset. */
  readonly settings: readonly Setting[];
  readonly read: ReadDraft;
  /** What to call the run; "" for the config's title. */
  readonly name: string;
  /** As they are typed, separated by commas. */
  readonly tagsText: string;
  readonly tags: readonly string[];
}

/** The form's fields: those that most runs change, and the rest. */
export interface StartFields {
  readonly main: readonly LeafField[];
  /** What is chosen from what the server has. */
  readonly chosen: readonly LeafField[];
  readonly regimes: VariantsField;
  readonly more: readonly GroupField[];
}

const USUAL_PRESET = "report";
/** Shown without being asked for, in this order. */
const MAIN = ["seeds", "dataset.train", "dataset.test", "model.hidden", "pretraining.epochs"];
/** What they are called outside of their groups, where that differs. */
const MAIN_LABELS: Readonly<Record<string, string>> = { "pretraining.epochs": "Epochs of pre-training" };
const CHOSEN = ["dataset.name"];

/** @returns Null where the server has no presets. */
export function startForm(query: Query, presets: readonly PresetEntry[]): StartForm | null {
  const named = (wanted: string | undefined) => presets.find(({ name }) => name === wanted);
  const preset = named(query.preset) ?? named(USUAL_PRESET) ?? presets[0];
  if (preset === undefined) return null;
  const draft = withWholeRegimes(withSettings<Draft>(preset.config, settingsFrom(query.set ?? "")));
  const tagsText = query.tags ?? "";
  return {
    preset,
    draft,
    settings: settingsBetween(preset.config, draft).map(shortened),
    read: readDraft(draft),
    name: query.name ?? "",
    tagsText,
    tags: [...new Set(tagsText.split(",").map((tag) => tag.trim()))].filter((tag) => tag !== ""),
  };
}

/** How the address changes where a setting does. */
export function settingQuery(
  { preset, draft }: StartForm,
  { path, value }: Setting,
): Record<string, string | null> {
  const settings = settingsBetween(preset.config, withValue(draft, path, value)).map(shortened);
  return { set: settings.length === 0 ? null : settingsText(settings) };
}

/** What is asked of the server. */
export function startRequest({ draft, name, tags }: StartForm, fresh: boolean): RunRequestInput {
  return {
    config: draft,
    tags: [...tags],
    ...(name.trim() === "" ? {} : { name: name.trim() }),
    ...(fresh ? { fresh } : {}),
  };
}

export function startFields(): StartFields {
  const fields = formFields(experimentConfigSchema);
  const all = flattened(fields);
  const leaves = (paths: readonly string[]) =>
    paths.map((path) => all.find((field) => field.path === path)).filter(isLeaf);
  const regimes = all.find((field) => field.kind === "variants");
  if (regimes === undefined) throw new TypeError("Cannot make the form as its schema must have regimes");
  const elsewhere = new Set([...MAIN, ...CHOSEN, regimes.path]);
  return {
    main: leaves(MAIN).map((field) => ({ ...field, label: MAIN_LABELS[field.path] ?? field.label })),
    chosen: leaves(CHOSEN),
    regimes,
    more: groupsWithout(fields, elsewhere),
  };
}

/** A field with the place that it has in the form. */
export interface PlacedField {
  /** Of the whole config: "regimes.2.epochs". */
  readonly path: string;
  /** What the page calls it, with the groups that it stands in: "Deep Defense, Epochs". */
  readonly label: string;
  readonly field: LeafField;
}

/** Every field that the form shows, in the page's order. */
export function placedFields(
  { chosen, main, regimes, more }: StartFields,
  draft: Draft,
): readonly PlacedField[] {
  const drafts = Array.isArray(draft.regimes) ? (draft.regimes as readonly unknown[]) : [];
  const ofRegimes = drafts.flatMap((regime, index) => {
    const variant = regimes.variants.find(({ name }) => name === valueAt(regime, regimes.key));
    const label = String(valueAt(regime, "label"));
    return labelled(variant?.fields ?? [], label).map((placed) => ({
      ...placed,
      path: `${regimes.path}.${index}.${placed.path}`,
    }));
  });
  return [...labelled(chosen), ...labelled(main), ...ofRegimes, ...labelled(more)];
}

export interface PlacedIssues {
  /** A sentence by the path of the field that it is shown beside. */
  readonly beside: ReadonlyMap<string, string>;
  /** Those fields, in the page's order. */
  readonly fields: readonly PlacedField[];
  /** What belongs to no field, a sentence each. */
  readonly others: readonly string[];
}

/** Issues by the field that they are shown beside, and those that belong to none. */
export function placedIssues(issues: readonly DraftIssue[], fields: readonly PlacedField[]): PlacedIssues {
  const beside = new Map<string, string>();
  const others: string[] = [];
  for (const issue of issues) {
    const placed = fields.find(({ path }) => isAbout(issue, path));
    if (placed === undefined) others.push(`${issue.path} ${issue.message}`.trim());
    else if (!beside.has(placed.path)) beside.set(placed.path, textOf(issue, placed));
  }
  return { beside, fields: fields.filter(({ path }) => beside.has(path)), others };
}

/** Checks of a whole begin with the key of what they are about. */
function isAbout(issue: DraftIssue, field: string): boolean {
  return (
    issue.path === field || issue.path.startsWith(`${field}.`) || wholeMessage(issue).startsWith(`${field} `)
  );
}

function wholeMessage({ path, message }: DraftIssue): string {
  return path === "" ? message : `${path}.${message}`;
}

/** As words beside the field, which is named already. */
function textOf(issue: DraftIssue, { path, field }: PlacedField): string {
  const within = issue.path.slice(path.length);
  if (!issue.path.startsWith(path)) return wantedText(field, wholeMessage(issue).slice(path.length + 1));
  return wantedText(field, issue.message, /^\.\d+$/.test(within) ? Number(within.slice(1)) : null);
}

/** Fields with their labels, and those of the groups that they stand in. */
export function labelled(fields: readonly FormField[], within = ""): readonly PlacedField[] {
  return fields.flatMap((field) => {
    const label = within === "" ? field.label : `${within}, ${field.label}`;
    if (field.kind === "group") return labelled(field.fields, label);
    return field.kind === "variants" ? [] : [{ path: field.path, label, field }];
  });
}

function flattened(fields: readonly FormField[]): readonly FormField[] {
  return fields.flatMap((field) => (field.kind === "group" ? [field, ...flattened(field.fields)] : [field]));
}

function isLeaf(field: FormField | undefined): field is LeafField {
  return field !== undefined && field.kind !== "group" && field.kind !== "variants";
}

/** Groups without some fields, and without what they would leave empty; what stands outside of groups comes first, in one of its own. */
function groupsWithout(fields: readonly FormField[], paths: ReadonlySet<string>): readonly GroupField[] {
  const kept = fields.flatMap((field) => without(field, paths));
  const groups = kept.filter((field) => field.kind === "group");
  const alone = kept.filter(isLeaf);
  const naming: GroupField = {
    kind: "group",
    path: "",
    label: "Names",
    help: "What reports and files call it.",
    fields: alone,
  };
  return alone.length === 0 ? groups : [naming, ...groups];
}

function without(field: FormField, paths: ReadonlySet<string>): readonly FormField[] {
  if (paths.has(field.path)) return [];
  if (field.kind !== "group") return [field];
  const fields = field.fields.flatMap((inner) => without(inner, paths));
  return fields.length === 0 ? [] : [{ ...field, fields }];
}

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
  leavesOf,
  type LeafField,
  type VariantsField,
} from "./form-fields.ts";
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

/** Every field that the form shows for itself. */
export function formLeaves({ main, chosen, more }: StartFields): readonly LeafField[] {
  return [...main, ...leavesOf(more), ...chosen];
}

export interface PlacedIssues {
  /** A sentence by the path of the field that it is shown beside. */
  readonly beside: ReadonlyMap<string, string>;
  /** Those that belong to no field. */
  readonly others: readonly DraftIssue[];
}

/** Issues by the field that they are shown beside, and those that belong to none. */
export function placedIssues(issues: readonly DraftIssue[], fields: readonly LeafField[]): PlacedIssues {
  const beside = new Map<string, string>();
  const others: DraftIssue[] = [];
  for (const issue of issues) {
    const place = fields.find(({ path }) => isAbout(issue, path))?.path ?? placeInRegime(issue);
    if (place === undefined) others.push(issue);
    else if (!beside.has(place)) beside.set(place, textOf(issue, place));
  }
  return { beside, others };
}

/** What must be corrected before the run can start, in the page's words and order; "" where nothing must. */
export function wrongText({ beside, others }: PlacedIssues, fields: StartFields, draft: Draft): string {
  const labels = fieldLabels(fields, draft);
  const named = [...labels].flatMap(([path, label]) => (beside.has(path) ? [label] : []));
  const unnamed = [...beside].flatMap(([path, text]) => (labels.has(path) ? [] : [`${path}: ${text}`]));
  const whole = others.map(({ path, message }) => `${path} ${message}`.trim());
  const all = [...named, ...unnamed, ...whole];
  return all.length === 0 ? "" : `To correct first: ${all.join("; ")}.`;
}

/** What the page calls each field, by its path, in the page's order. */
function fieldLabels(
  { chosen, main, regimes, more }: StartFields,
  draft: Draft,
): ReadonlyMap<string, string> {
  const drafts = Array.isArray(draft.regimes) ? (draft.regimes as readonly unknown[]) : [];
  const ofRegimes = drafts.flatMap((regime, index) => {
    const variant = regimes.variants.find(({ name }) => name === valueAt(regime, regimes.key));
    const label = String(valueAt(regime, "label"));
    return labelled(variant?.fields ?? [], label).map(
      ([path, text]) => [`regimes.${index}.${path}`, text] as const,
    );
  });
  return new Map([...labelled(chosen), ...labelled(main), ...ofRegimes, ...labelled(more)]);
}

/** Fields' labels, with those of the groups that they stand in. */
function labelled(
  fields: readonly FormField[],
  within = "",
): readonly (readonly [path: string, label: string])[] {
  return fields.flatMap((field) => {
    const label = within === "" ? field.label : `${within}, ${field.label}`;
    if (field.kind === "group") return labelled(field.fields, label);
    return field.kind === "variants" ? [] : [[field.path, label] as const];
  });
}

/** Checks of the whole begin with the path of what they are about. */
function isAbout({ path, message }: DraftIssue, field: string): boolean {
  return path === field || path.startsWith(`${field}.`) || (path === "" && message.startsWith(`${field} `));
}

/** Regimes have their fields' paths below their own: "regimes.0.epochs", "regimes.2.deepFool.maxSteps". */
function placeInRegime({ path }: DraftIssue): string | undefined {
  return /^regimes\.\d+\.\w/.test(path) ? path : undefined;
}

/** As a sentence beside the field, which is named already. */
function textOf({ path, message }: DraftIssue, place: string): string {
  if (path === "") return sentence(message.slice(place.length + 1));
  const entry = /^\.(\d+)$/.exec(path.slice(place.length))?.[1];
  return sentence(entry === undefined ? message : `entry ${Number(entry) + 1} ${message}`);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
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

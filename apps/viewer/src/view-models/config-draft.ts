import { ConfigError, parseExperimentConfig, type ExperimentConfig } from "@gambeson/contract";

/** A config while it is edited: of its shape, but what stands in it may not fit yet. */
export type Draft = Readonly<Record<string, unknown>>;

/** One change of a config, as `--set path=value` makes it. */
export interface Setting {
  /** "regimes.0.epochs". */
  readonly path: string;
  readonly value: unknown;
}

/** What is wrong at one place; "" is the whole. */
export interface DraftIssue {
  readonly path: string;
  readonly message: string;
}

/** A draft that has been read: one of the two. */
export type ReadDraft =
  | { readonly config: ExperimentConfig; readonly issues: readonly [] }
  | { readonly config: null; readonly issues: readonly DraftIssue[] };

/** Reads a draft as the server would, and says what is wrong in the server's words. */
export function readDraft(draft: Draft): ReadDraft {
  try {
    return { config: parseExperimentConfig(draft), issues: [] };
  } catch (error) {
    if (error instanceof ConfigError) return { config: null, issues: error.issues };
    throw error;
  }
}

export function valueAt(draft: unknown, path: string): unknown {
  return path.split(".").reduce((value, key) => (isNode(value) ? (value as Draft)[key] : undefined), draft);
}

/** A changed copy. A path that leads through something without parts changes nothing: addresses can be typed. */
export function withValue<T>(draft: T, path: string, value: unknown): T {
  const [key = "", ...rest] = path.split(".");
  if (!isNode(draft) || (!Array.isArray(draft) && key in Object.prototype)) return draft;
  const next = rest.length === 0 ? value : withValue((draft as Draft)[key], rest.join("."), value);
  if (!Array.isArray(draft)) return { ...draft, [key]: next };
  const index = /^\d{1,3}$/.test(key) ? Number(key) : Infinity;
  return (index <= draft.length ? draft.toSpliced(index, 1, next) : draft) as T;
}

/** What makes `draft` of `base`, in as few and as small settings as can be. Keys of `base` are taken to be in `draft`, too. */
export function settingsBetween(base: unknown, draft: unknown, path = ""): readonly Setting[] {
  if (isSame(base, draft)) return [];
  // The whole has no path that a setting could name.
  const isWhole = path === "";
  if (!isNode(base) || !isNode(draft) || !(isWhole || areAlike(base, draft))) return [{ path, value: draft }];
  return Object.keys(draft).flatMap((key) =>
    settingsBetween((base as Draft)[key], (draft as Draft)[key], isWhole ? key : `${path}.${key}`),
  );
}

/** Settings as an address holds them: a line each. */
export function settingsText(settings: readonly Setting[]): string {
  return settings.map(settingText).join("\n");
}

/** `seeds=[1,2]`, `title=Two epochs`: the value is JSON, or else the text as it stands. */
export function settingText({ path, value }: Setting): string {
  const isPlain = typeof value === "string" && !isJson(value) && !value.includes("\n");
  return `${path}=${isPlain ? value : JSON.stringify(value)}`;
}

/** The settings in an address; lines that are none are left out. */
export function settingsFrom(text: string): readonly Setting[] {
  return text.split("\n").flatMap((line) => {
    const equals = line.indexOf("=");
    if (equals < 1) return [];
    const value = line.slice(equals + 1);
    return [{ path: line.slice(0, equals), value: isJson(value) ? (JSON.parse(value) as unknown) : value }];
  });
}

/** @returns A changed copy of the base, its settings applied in their order. */
export function withSettings<T>(base: T, settings: readonly Setting[]): T {
  return settings.reduce((draft, { path, value }) => withValue(draft, path, value), base);
}

/** Objects with the same keys and, where they have one, the same kind; lists that begin with as many such objects. */
function areAlike(one: object, other: object): boolean {
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  if (Array.isArray(one)) {
    return keys.length <= others.length && keys.every((key) => areAlikeAt(one, other, key));
  }
  const isSameKind = (one as Draft).kind === (other as Draft).kind;
  return isSameKind && keys.length === others.length && keys.every((key) => key in other);
}

function areAlikeAt(one: object, other: object, key: string): boolean {
  const [entry, match] = [(one as Draft)[key], (other as Draft)[key]];
  return isNode(entry) && isNode(match) && areAlike(entry, match);
}

function isNode(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

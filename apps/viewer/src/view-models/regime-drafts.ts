import { parseExperimentConfig, type Regime } from "@gambeson/contract";
import { settingsBetween, withSettings, type Draft, type Setting } from "./config-draft.ts";

/** A regime of this kind with every default written out; null for a kind that there is not. */
export function defaultRegime(kind: string): Regime | null {
  return defaults().get(kind) ?? null;
}

/** One more regime of this kind, whose id is no other's. */
export function withAnother(regimes: readonly Draft[], kind: string): readonly Draft[] {
  const regime = defaultRegime(kind);
  if (regime === null) return regimes;
  const taken = new Set(regimes.map(({ id }) => id));
  let [id, label] = [regime.id, regime.label];
  for (let number = 2; taken.has(id); number++)
    [id, label] = [`${regime.id}-${number}`, `${regime.label} ${number}`];
  return [...regimes, { ...regime, id, label }];
}

/** Whole regimes in settings, without what is a default. */
export function shortened({ path, value }: Setting): Setting {
  if (path === "regimes" && Array.isArray(value)) return { path, value: value.map(shortRegime) };
  return /^regimes\.\d+$/.test(path) ? { path, value: shortRegime(value) } : { path, value };
}

/** The draft with its regimes' defaults written out. */
export function withWholeRegimes(draft: Draft): Draft {
  const { regimes } = draft;
  return Array.isArray(regimes) ? { ...draft, regimes: regimes.map(wholeRegime) } : draft;
}

function shortRegime(regime: unknown): unknown {
  const whole = regimeDefaultsOf(regime);
  if (whole === null) return regime;
  const start: Draft = { kind: whole.kind };
  return settingsBetween(whole, regime).reduce<Draft>(
    (short, { path, value }) => withSettings(withParents(short, path), [{ path, value }]),
    start,
  );
}

function wholeRegime(regime: unknown): unknown {
  const whole = regimeDefaultsOf(regime);
  return whole === null ? regime : merged(whole, regime as Draft);
}

function merged(base: Draft, over: Draft): Draft {
  const entries = Object.entries(over).map(([key, value]) => {
    const before = base[key];
    return [key, isObject(before) && isObject(value) ? merged(before, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(entries) };
}

/** The objects that a path leads through. */
function withParents(draft: Draft, path: string): Draft {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) return draft;
  const inner = draft[first];
  return { ...draft, [first]: withParents(isObject(inner) ? inner : {}, rest.join(".")) };
}

function regimeDefaultsOf(regime: unknown): Regime | null {
  return isObject(regime) && typeof regime.kind === "string" ? defaultRegime(regime.kind) : null;
}

function isObject(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

let known: ReadonlyMap<string, Regime> | undefined;

/** The default config has one of each kind. */
function defaults(): ReadonlyMap<string, Regime> {
  return (known ??= new Map(parseExperimentConfig({}).regimes.map((regime) => [regime.kind, regime])));
}

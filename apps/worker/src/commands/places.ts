import { relative, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/** The folders that the command line works with, as absolute paths. */
export interface Places {
  /** The user's own folder with data sets; null when none is named. Only read. */
  readonly dataDir: string | null;
  /** What names it: for errors. */
  readonly dataDirFrom: "--data-dir" | "GAMBESON_DATA_DIR";
  /** Where downloads go. */
  readonly downloads: string;
  /** Where runs and finished work are kept. */
  readonly state: string;
}

export interface PlaceOptions {
  readonly dataDir?: string;
  readonly stateDir?: string;
}

/** Options come first, then the environment, which the launcher completes. */
export function findPlaces(options: PlaceOptions, env: (name: string) => string | undefined): Places {
  const cache = requireVariable(env, "GAMBESON_CACHE_DIR");
  const dataDir = options.dataDir ?? env("GAMBESON_DATA_DIR") ?? null;
  const state = options.stateDir ?? requireVariable(env, "GAMBESON_STATE_DIR");
  return {
    dataDir: dataDir === null ? null : resolve(dataDir),
    dataDirFrom: options.dataDir === undefined ? "GAMBESON_DATA_DIR" : "--data-dir",
    downloads: resolve(cache, "data"),
    state: resolve(state),
  };
}

function requireVariable(env: (name: string) => string | undefined, name: string): string {
  const value = env(name);
  if (value !== undefined) return value;
  throw new UsageError(
    `Cannot start as ${name} must be set: current value is none; start it with npm run gambeson`,
  );
}

/** A path as a person in `Deno.cwd()` would write it. */
export function shown(path: string): string {
  const near = relative(Deno.cwd(), path);
  return near === "" ? "." : near.startsWith("..") || resolve(near) === near ? path : near;
}

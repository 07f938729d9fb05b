import { join, relative, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/** The folders that the command line works with, as absolute paths. */
export interface Places {
  /** The user's own folder with data sets; null when none is named. Only read. */
  readonly dataDir: string | null;
  /** What names it: for errors. */
  readonly dataDirFrom: "--data-dir" | "GAMBESON_DATA_DIR";
  /** Where downloads go. */
  readonly downloads: string;
  /** Where finished work is kept. */
  readonly state: string;
}

export interface PlaceOptions {
  readonly dataDir?: string;
  readonly stateDir?: string;
}

/** Options come first, then the environment, then the cache folder, which the launcher names. */
export function findPlaces(options: PlaceOptions, env: (name: string) => string | undefined): Places {
  const cache = env("GAMBESON_CACHE_DIR");
  if (cache === undefined) {
    throw new UsageError(
      "Cannot start as GAMBESON_CACHE_DIR must be set: current value is none; start it with npm run gambeson",
    );
  }
  const dataDir = options.dataDir ?? env("GAMBESON_DATA_DIR") ?? null;
  const state = options.stateDir ?? env("GAMBESON_STATE_DIR") ?? join(cache, "state");
  return {
    dataDir: dataDir === null ? null : resolve(dataDir),
    dataDirFrom: options.dataDir === undefined ? "GAMBESON_DATA_DIR" : "--data-dir",
    downloads: resolve(cache, "data"),
    state: resolve(state),
  };
}

/** A path as a person in `Deno.cwd()` would write it. */
export function shown(path: string): string {
  const near = relative(Deno.cwd(), path);
  return near === "" ? "." : near.startsWith("..") || resolve(near) === near ? path : near;
}

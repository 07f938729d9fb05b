import { ConfigError, parseExperimentConfig, type ExperimentConfig } from "@gambeson/contract";
import { PRESETS } from "@gambeson/experiment/presets";
import { fileError } from "../disk/file-error.ts";
import { nearest } from "./nearest.ts";
import { setPath } from "./set-path.ts";
import { UsageError } from "./usage-error.ts";

/** What the command line changes about a preset or file. */
export interface Overrides {
  readonly dataset?: string;
  readonly seeds?: readonly number[];
  /** Each "path=value", applied in this order, after the others. */
  readonly settings: readonly string[];
}

/** True for what `run` reads as a file; anything else is a preset's name. */
export function isConfigPath(source: string): boolean {
  return source.endsWith(".json") || /^\.|[/\\]/.test(source);
}

/**
 * Resolves what to run: a preset's config or a file's, with the command line's changes.
 *
 * @throws {UsageError} If there is no such preset, or a change does not fit.
 * @throws {ConfigError | SyntaxError} If the file does not hold a config.
 */
export async function experimentConfig(
  source: string,
  { dataset, seeds, settings }: Overrides,
): Promise<ExperimentConfig> {
  const base = isConfigPath(source) ? await readConfig(source) : parseExperimentConfig(preset(source).config);
  if (dataset === undefined && seeds === undefined && settings.length === 0) return base;
  const named = {
    ...base,
    dataset: { ...base.dataset, ...(dataset === undefined ? {} : { name: dataset }) },
    ...(seeds === undefined ? {} : { seeds }),
  };
  try {
    return parseExperimentConfig(settings.reduce<unknown>(setPath, named));
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** @throws {UsageError} If there is none of that name; suggests the nearest. */
export function preset(name: string): (typeof PRESETS)[string] {
  const found = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(PRESETS);
  const guess = nearest(name, known);
  throw new UsageError(
    `Cannot find the preset as its name must be one of ${known.join(", ")} (or a file's path, such as ./my.json): ` +
      `current value is "${name}"${guess === null ? "" : `; did you mean ${guess}?`}`,
  );
}

async function readConfig(path: string): Promise<ExperimentConfig> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw fileError(`read ${path}`, error);
  }
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`Cannot read ${path} as it must be JSON: ${(error as SyntaxError).message}`, {
      cause: error,
    });
  }
  return parseExperimentConfig(input);
}

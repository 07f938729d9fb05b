import type { Result } from "@gambeson/contract";

/** A setting, or a fact, in which runs differ. */
export interface Difference {
  /** "regimes.deep-defense.lambda" */
  readonly path: string;
  /** One a run; undefined where a run has no such setting. */
  readonly values: readonly unknown[];
}

/**
 * Where configs differ, setting by setting, in the order in which they come. What has an id, as regimes have, is matched by it; other lists
 * are one value.
 */
export function configDifferences(configs: readonly object[]): readonly Difference[] {
  return differencesOf(configs.map((config) => flattened(config)));
}

/** Where runs differ in what they were computed with and on: where they do, their numbers are not of one experiment. */
export function provenanceDifferences(
  results: readonly Pick<Result, "environment" | "dataset">[],
): readonly Difference[] {
  return differencesOf(results.map(({ environment, dataset }) => flattened({ environment, dataset })));
}

/** Whether they saw the same test images with the same labels. */
export function haveSameTest(results: readonly Pick<Result, "dataset">[]): boolean {
  return new Set(results.map(({ dataset: { test } }) => JSON.stringify(test))).size <= 1;
}

function differencesOf(all: readonly ReadonlyMap<string, unknown>[]): readonly Difference[] {
  const paths = new Set(all.flatMap((one) => [...one.keys()]));
  return [...paths]
    .map((path) => ({ path, values: all.map((one) => one.get(path)) }))
    .filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1);
}

function flattened(value: unknown, path = ""): ReadonlyMap<string, unknown> {
  if (!isBranch(value)) return new Map([[path, value]]);
  const entries = Array.isArray(value)
    ? value.filter(hasId).map((one) => [one.id, one] as const)
    : Object.entries(value);
  return new Map(entries.flatMap(([key, one]) => [...flattened(one, path === "" ? key : `${path}.${key}`)]));
}

function isBranch(value: unknown): value is object {
  if (Array.isArray(value)) return value.length > 0 && value.every(hasId);
  return typeof value === "object" && value !== null;
}

function hasId(value: unknown): value is { readonly id: string } {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
}

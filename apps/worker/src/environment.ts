import type { Environment } from "@gambeson/contract";
import { startBackend } from "@gambeson/runtime";
import manifest from "../package.json" with { type: "json" };
import { UsageError } from "./commands/usage-error.ts";

export const VERSION = manifest.version;

/**
 * The hash of the sources, which the launcher computes. Without it work of other code could be taken for this one's.
 *
 * @throws {UsageError} If there is none.
 */
export function requireCode(env: (name: string) => string | undefined): string {
  const code = env("GAMBESON_CODE");
  if (code !== undefined) return code;
  throw new UsageError(
    "Cannot start as GAMBESON_CODE must be set: current value is none; start it with npm run gambeson",
  );
}

/**
 * Starts the backend and says what the numbers are made by.
 *
 * @param threads As the user wants it; undefined for all cores.
 * @param code The hash of the sources.
 */
export async function startEnvironment(threads: number | undefined, code: string): Promise<Environment> {
  const backend = await startBackend(threads === undefined ? {} : { threads });
  return {
    version: VERSION,
    code,
    runtime: `deno ${Deno.version.deno}`,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
    backend: { ...backend },
  };
}

import type { Environment } from "@gambeson/contract";
import { startBackend } from "@gambeson/runtime";
import manifest from "../package.json" with { type: "json" };
import { UsageError } from "./usage-error.ts";

export const VERSION = manifest.version;

/**
 * Starts the backend and says what the numbers are made by.
 *
 * @param threads As the user wants it; undefined for all cores.
 * @param code The hash of the sources, which the launcher computes.
 * @throws {UsageError} If `threads` is more than the backend can have.
 */
export async function startEnvironment(
  threads: number | undefined,
  code: string | undefined,
): Promise<Environment> {
  try {
    const backend = await startBackend(threads === undefined ? {} : { threads });
    return {
      version: VERSION,
      code: code ?? "unknown",
      runtime: `deno ${Deno.version.deno}`,
      platform: `${Deno.build.os} ${Deno.build.arch}`,
      backend: { ...backend },
    };
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message, { cause: error }) : error;
  }
}

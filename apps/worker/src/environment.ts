import type { Environment } from "@gambeson/contract";
import { startBackend } from "@gambeson/runtime";
import { VERSION } from "./version.ts";

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

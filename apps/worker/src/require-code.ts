import { UsageError } from "./commands/usage-error.ts";

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

import { createHash } from "node:crypto";

/** A strong entity tag for these bytes, or for an answer that these words decide. */
export function entityTag(...parts: readonly (string | Uint8Array)[]): string {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part).update("\n");
  return `"${digest.digest("hex").slice(0, 32)}"`;
}

/**
 * Whether the client has this version already, by its If-None-Match.
 *
 * Source: RFC 9110, sections 8.8.3 and 13.1.2: weak comparison.
 */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return Array.from(ifNoneMatch.matchAll(/"[^"]*"/g), ([known]) => known).includes(tag);
}

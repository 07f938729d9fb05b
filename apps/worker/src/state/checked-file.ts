import { sha256 } from "../disk/sha256.ts";

const HEAD_BYTES = 65;

/** A text as a file that tells when it is damaged: a line with the SHA-256 of all that follows, and the text. */
export function checkedFile(text: string): Uint8Array {
  return new TextEncoder().encode(`${sha256(new TextEncoder().encode(text))}\n${text}`);
}

/** @returns The text of such a file; null when it is damaged. */
export function readChecked(file: Uint8Array): string | null {
  const body = file.subarray(HEAD_BYTES);
  const head = new TextDecoder().decode(file.subarray(0, HEAD_BYTES));
  return head === `${sha256(body)}\n` ? new TextDecoder().decode(body) : null;
}

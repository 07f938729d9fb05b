import { createHash } from "node:crypto";

/** SHA-256 in hexadecimal. Reads the bytes where they are: WebCrypto would copy them, and they may be hundreds of megabytes. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

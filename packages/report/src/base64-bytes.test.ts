import { expect, test } from "vitest";
import { base64Bytes } from "./base64-bytes.ts";

test("base64Bytes() reads what RFC 4648 writes, and bytes that are no text", () => {
  expect(base64Bytes("Zm9vYg==")).toEqual(new TextEncoder().encode("foob")); // the RFC's section 10
  expect(base64Bytes("/wCA")).toEqual(Uint8Array.of(255, 0, 128));
});

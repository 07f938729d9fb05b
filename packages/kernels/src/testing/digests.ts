import { createHash } from "node:crypto";

/** The SHA-256 of each answer's bytes: a number that differs in its last bit differs. */
export function digests(answers: object): Record<string, string> {
  const asBytes = (_: string, value: unknown) =>
    ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")
      : value;
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      createHash("sha256").update(JSON.stringify(answer, asBytes)).digest("hex"),
    ]),
  );
}

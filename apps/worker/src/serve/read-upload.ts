import type { Context } from "hono";
import { bodyChunks } from "./body-chunks.ts";
import { tooLarge } from "./request-body.ts";
import type { Limits } from "./serve-context.ts";

/**
 * The bytes of an uploaded file as they come in.
 *
 * @throws {Refusal} BODY_TOO_LARGE, whatever Content-Length says; and what `bodyChunks` throws.
 */
export async function* readUpload(
  c: Context,
  { uploadBytes, bodySilenceMs }: Limits,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (Number(c.req.header("content-length") ?? 0) > uploadBytes) throw tooLarge(uploadBytes);
  const { body } = c.req.raw;
  if (body === null) return;
  yield* atMost(bodyChunks(body, bodySilenceMs), uploadBytes);
}

/** The same bytes; refused once they are more than `most`. */
export async function* atMost(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  most: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    yield chunk;
  }
}

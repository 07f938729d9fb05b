import type { Context } from "hono";
import { Refusal } from "../state/refusal.ts";
import { tooLarge } from "./request-body.ts";

/**
 * The bytes of a request's body as they come in.
 *
 * @throws {Refusal} BODY_TOO_LARGE beyond `most` bytes, whatever Content-Length says; REQUEST_INVALID where the client went away.
 */
export async function* readUpload(
  c: Context,
  most: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (Number(c.req.header("content-length") ?? 0) > most) throw tooLarge(most);
  const { body } = c.req.raw;
  if (body === null) return;
  yield* atMost(whole(body), most);
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

async function* whole(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new Refusal(
          "REQUEST_INVALID",
          "Cannot take the file as it must arrive whole: current value is cut off",
          {
            cause,
          },
        );
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined); // Who stops early wants no more of it.
  }
}

import type { MiddlewareHandler } from "hono";
import { Refusal } from "../state/refusal.ts";
import { bodyChunks } from "./body-chunks.ts";
import type { Limits } from "./serve-context.ts";

/** Refuses a body of another kind than this media type. */
export function requireMediaType(mediaType: string): MiddlewareHandler {
  return async (c, next) => {
    const given = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
    if (given === mediaType) return next();
    throw new Refusal(
      "MEDIA_TYPE",
      `Cannot read the body as its Content-Type must be ${mediaType}: current value is '${given.slice(0, 100)}'`,
    );
  };
}

/**
 * Reads a small body for the checks and handlers after it: one of at most so many bytes, whatever its Content-Length says, that does not
 * let the server wait.
 */
export function limitBody({ bodySilenceMs, jsonBytes }: Limits, bytes = jsonBytes): MiddlewareHandler {
  return async (c, next) => {
    const { body } = c.req.raw;
    if (Number(c.req.header("content-length") ?? 0) > bytes) throw tooLarge(bytes);
    if (body !== null) {
      const { url, method, headers } = c.req.raw;
      c.req.raw = new Request(url, {
        method,
        headers,
        body: await readAtMost(bodyChunks(body, bodySilenceMs), bytes),
      });
    }
    return next();
  };
}

async function readAtMost(body: AsyncIterable<Uint8Array<ArrayBuffer>>, most: number): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return new Blob(chunks);
}

/** What a body that is larger than `most` bytes is refused with. */
export function tooLarge(most: number): Refusal {
  return new Refusal(
    "BODY_TOO_LARGE",
    `Cannot read the body as it must hold at most ${most.toLocaleString("en-US")} bytes: current value is more`,
  );
}

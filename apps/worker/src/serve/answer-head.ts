import type { MiddlewareHandler } from "hono";
import type { ServeEnv } from "./serve-env.ts";

/**
 * HEAD is answered as GET is, without the body. Its length is told where it is known, as GET would; and what would have given the body is
 * let go of: an event stream that nobody reads would stay open.
 */
export function answerHead(): MiddlewareHandler<ServeEnv> {
  return async (c, next) => {
    await next();
    if (c.req.method !== "HEAD") return;
    const { body, headers } = c.res;
    const isEndless = headers.get("content-type")?.startsWith("text/event-stream") === true;
    if (body === null || isEndless || headers.has("content-length")) await body?.cancel();
    else c.header("content-length", String(await lengthOf(body)));
  };
}

async function lengthOf(body: ReadableStream<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const chunk of body) length += chunk.length;
  return length;
}

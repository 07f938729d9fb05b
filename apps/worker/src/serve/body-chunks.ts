import { Refusal } from "../state/refusal.ts";

/**
 * The bytes of a request's body as they come in.
 *
 * @param silenceMs How long to wait for the next of them: the whole may take as long as it likes.
 * @throws {Refusal} BODY_TOO_SLOW after such a silence; REQUEST_INVALID where the client went away, or sent what is no body.
 */
export async function* bodyChunks(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  silenceMs: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await within(silenceMs, reader.read().catch(cutOff));
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => undefined); // Who stops early wants no more of it.
  }
}

async function within<T>(ms: number, coming: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(tooSlow(ms));
    }, ms);
  });
  try {
    return await Promise.race([coming, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function cutOff(cause: unknown): never {
  throw new Refusal(
    "REQUEST_INVALID",
    "Cannot read the body as it must arrive whole: current value is cut off",
    { cause },
  );
}

function tooSlow(ms: number): Refusal {
  return new Refusal(
    "BODY_TOO_SLOW",
    `Cannot read the body as its next bytes must come within ${ms / 1000} seconds: current value is silence`,
  );
}

import { describe, expect, test } from "vitest";
import { bodyChunks } from "./body-chunks.ts";

const BYTES = Uint8Array.of(1, 2, 3);

/** A body that gives three bytes so many times, after a pause each, and then does nothing more. */
function hangingBody(times: number, pauseMs: number) {
  const seen = { cancelled: false };
  let given = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (given++ < times) controller.enqueue(BYTES);
      else await new Promise(() => undefined);
    },
    cancel: () => {
      seen.cancelled = true;
    },
  });
  return { body, seen };
}

describe("bodyChunks()", () => {
  test("refuses a body once nothing has come for so long, and lets go of it", async () => {
    const { body, seen } = hangingBody(3, 1);
    const got: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of bodyChunks(body, 60)) got.push(chunk);
    })();
    await expect(reading).rejects.toMatchObject({
      code: "BODY_TOO_SLOW",
      message:
        "Cannot read the body as its next bytes must come within 0.06 seconds: current value is silence",
    });
    expect(got).toEqual([BYTES, BYTES, BYTES]);
    expect(seen.cancelled).toBe(true);
  });

  test("takes a body as long as it likes in all", async () => {
    const { body } = hangingBody(8, 30);
    let chunks = 0;
    const begun = performance.now();
    const reading = bodyChunks(body, 200);
    while (chunks < 8 && (await reading.next()).done !== true) chunks++;
    await reading.return();
    expect(chunks).toBe(8);
    expect(performance.now() - begun).toBeGreaterThan(200);
  });

  test("says that a body was cut off, and why", async () => {
    const cause = new TypeError("connection reset");
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => {
        controller.error(cause);
      },
    });
    await expect(bodyChunks(body, 1000).next()).rejects.toMatchObject({ code: "REQUEST_INVALID", cause });
  });
});

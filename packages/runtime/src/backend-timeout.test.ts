import { afterAll, expect, test, vi } from "vitest";
import { startBackend, stopBackend } from "./backend.ts";
import { tf } from "./tf.ts";

afterAll(stopBackend);

test("startBackend() gives threads up that never answer, puts the world back, and goes on without", async () => {
  // The threads' program never arrives, and thirty seconds pass at once.
  const { fetch } = globalThis;
  globalThis.fetch = async (...request) => {
    const response = await fetch(...request);
    return response.headers.get("content-type") === "application/javascript"
      ? new Promise(() => undefined)
      : response;
  };
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const starting = startBackend({ threads: 2 });
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(30_000);
    expect(await starting).toMatchObject({
      variant: "simd",
      threads: 1,
      fallback: "simd-threads: it did not start within 30 s",
    });
  } finally {
    vi.useRealTimers();
    globalThis.fetch = fetch;
  }
  expect(process.versions.node).toMatch(/^\d/);
  expect(tf.add(1, 2).dataSync()[0]).toBe(3);
});

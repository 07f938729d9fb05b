import { expect, test } from "vitest";
import { startBackend, stopBackend } from "./backend.ts";

test("stopBackend() does nothing before a start, and after it no backend starts", async () => {
  await stopBackend();
  await startBackend({ threads: 1 });
  await stopBackend();
  await stopBackend();
  await expect(startBackend()).rejects.toThrow("it must not have been stopped");
  await expect(startBackend()).rejects.toThrow("it must not have been stopped");
});

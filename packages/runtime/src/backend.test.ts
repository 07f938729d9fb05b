import { expect, test } from "vitest";
import { startBackend } from "./backend.ts";

test.each([0, 1.5, 9, Number.NaN])("startBackend() refuses %s threads", async (threads) => {
  await expect(startBackend({ threads })).rejects.toThrow(RangeError);
  await expect(startBackend({ threads })).rejects.toThrow(`current value is ${threads}`);
});

import { expect, test } from "vitest";
import { estimateText } from "./estimate-text.ts";
import { roughDuration } from "./rough-duration.ts";

test.each([
  [0, "1 sec"],
  [7.4, "7 sec"],
  [23, "25 sec"],
  [57, "55 sec"],
  [58, "1 min"],
  [89, "1 min"],
  [3540, "59 min"],
  [3580, "1 hr"],
  [4800, "1 hr 20 min"],
  [7190, "2 hr"],
  [36_000, "10 hr"],
  [37_900, "11 hr"],
])("roughDuration() of %d s is %s", (seconds, text) => {
  expect(roughDuration(seconds, "en")).toBe(text);
});

test("estimateText() says how long, and of what", () => {
  expect(estimateText({ seconds: 41, tasks: 12, images: { train: 60_000, test: 10_000 } }, "en")).toBe(
    "about 40 sec on two cores: 12 tasks, 60,000 training and 10,000 test images",
  );
});

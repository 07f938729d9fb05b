import { expect, test } from "vitest";
import { countText } from "./count-text.ts";

test.each([
  [1, 1, 1, "1 run"],
  [1200, 1200, 1200, "1,200 runs"],
  [0, 3, 3, "None of 3 runs fits"],
  [1, 1200, 1200, "1 of 1,200 runs"],
  [200, 200, 1200, "200 runs; 1,000 more are coming…"],
  [0, 1, 2, "None of 1 run fits; 1 more are coming…"],
])("countText() of %i shown, %i loaded, %i in all is '%s'", (shown, loaded, total, text) => {
  expect(countText({ shown, loaded, total }, "en")).toBe(text);
});

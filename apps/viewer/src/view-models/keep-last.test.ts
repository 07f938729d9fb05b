import { expect, test } from "vitest";
import { keepLast } from "./keep-last.ts";

test("keepLast() makes anew only what is asked for with other arguments", () => {
  let made = 0;
  const pair = keepLast((a: number, b: string) => ({ a, b, made: ++made }));
  const first = pair(1, "x");
  expect(first).toEqual({ a: 1, b: "x", made: 1 });
  expect(pair(1, "x")).toBe(first);
  expect(pair(1, "y")).toEqual({ a: 1, b: "y", made: 2 });
  expect(pair(1, "x")).toEqual({ a: 1, b: "x", made: 3 });
});

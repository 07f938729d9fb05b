import { expect, test } from "vitest";
import { addressOf, queryOf, routeOf } from "./routes.ts";

test.each([
  ["/", { page: "runs" }],
  ["/new", { page: "new" }],
  ["/compare", { page: "compare" }],
  ["/play", { page: "play" }],
  ["/runs/r0123456789abcdefghi", { page: "run", run: "r0123456789abcdefghi" }],
  ["/runs/r0123456789abcdefghi/more", { page: "unknown" }],
  ["/runs/r1", { page: "unknown" }],
  ["/nothing", { page: "unknown" }],
] as const)("routeOf() finds the page at %s", (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

test("an address keeps its state through addressOf() and queryOf()", () => {
  const state = { q: "50 % & more?", model: "deep-defense" };
  const address = addressOf("/", { ...state, tag: null });
  expect(address).toBe("/?q=50+%25+%26+more%3F&model=deep-defense");
  expect(queryOf(address.slice(1))).toEqual(state);
  expect(addressOf("/play", {})).toBe("/play");
});

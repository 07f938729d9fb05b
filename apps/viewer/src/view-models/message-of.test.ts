import { UnreachableError } from "@gambeson/client";
import { expect, test } from "vitest";
import { isUnreachable, messageOf } from "./message-of.ts";

test.each<[unknown, string]>([
  [new RangeError("Cannot do it"), "Cannot do it"],
  ["No", "No"],
  [undefined, "undefined"],
  [new UnreachableError("http://here", new Error("refused")), "The server does not answer."],
])("messageOf(%s) is %s", (error, message) => {
  expect(messageOf(error)).toBe(message);
});

test("isUnreachable() is true of what the client throws without an answer, and of nothing else", () => {
  expect(isUnreachable(new UnreachableError("http://here", null))).toBe(true);
  expect(isUnreachable(new Error("UnreachableError"))).toBe(false);
  expect(isUnreachable("UnreachableError")).toBe(false);
});

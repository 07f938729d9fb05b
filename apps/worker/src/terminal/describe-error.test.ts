import { expect, test } from "vitest";
import { describeError } from "./describe-error.ts";

test.each([
  [
    new RangeError("Cannot do X as Y must be Z: current value is 3"),
    "Cannot do X as Y must be Z: current value is 3",
  ],
  [new Error("no such thing"), "Cannot go on: no such thing"],
  ["text", "Cannot go on: text"],
  [
    // Deno 2.9.6's words.
    new Error('Requires net access to "a.example:443", run again with the --allow-net flag'),
    'Cannot go on as it must keep to what the command line names: current value is net access to "a.example:443"',
  ],
  [undefined, "Cannot go on: undefined"],
  [new Error("Cannot read\n  two lines"), "Cannot read   two lines"],
  [new Error("Cannot clear \x1b[2J the \u009b2J screen\r\u2028x"), "Cannot clear  [2J the  2J screen x"],
])("describeError() makes one harmless line of %j", (error, line) => {
  expect(describeError(error)).toBe(line);
});

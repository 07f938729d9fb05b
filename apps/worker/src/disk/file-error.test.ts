import { expect, test } from "vitest";
import { fileError } from "./file-error.ts";

test.each([
  [
    "write a/b",
    new Deno.errors.NotFound("No such file or directory (os error 2): open 'a/b'"),
    'its folder must exist: current value is "No such file or directory (os error 2)"',
  ],
  ["read a", new Deno.errors.NotFound("No such file"), 'it must exist: current value is "No such file"'],
  // Deno 2.9.6's words.
  [
    "read /etc/hosts",
    new Deno.errors.NotCapable('Requires read access to "/etc/hosts", run again with the --allow-read flag'),
    "the command line or the config file must name it: current value is another path",
  ],
  [
    "write /dev/full",
    new Deno.errors.NotCapable('Requires all access to "/dev/full", run again with the --allow-all flag'),
    "it must be an ordinary file or folder: current value is one of the system's own",
  ],
])("fileError() says of %j what must be otherwise, in our words", (action, error, rest) => {
  expect(fileError(action, error).message).toBe(`Cannot ${action} as ${rest}`);
});

import { printable } from "./printable.ts";

/** What Deno says where its permissions end. Its advice is of no use here: the launcher gives them. */
const NO_LEAVE = /^Requires (.*), run again with .*$/;

/** One line that says what went wrong, in the grammar of all our messages. */
export function describeError(error: unknown): string {
  const message = printable(error instanceof Error ? error.message : String(error));
  if (message.startsWith("Cannot ")) return message;
  const refused = NO_LEAVE.exec(message)?.[1];
  return refused === undefined
    ? `Cannot go on: ${message}`
    : `Cannot go on as it must keep to what the command line names: current value is ${refused}`;
}

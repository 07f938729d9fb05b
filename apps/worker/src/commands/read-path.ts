import { UsageError } from "./usage-error.ts";

/**
 * Reads the option of that name as a path, as it stands.
 *
 * @returns A parser for commander, which throws a UsageError for no path at all: that would be the folder one is in.
 */
export function readPath(option: string): (text: string) => string {
  return (text) => {
    if (text !== "") return text;
    throw new UsageError(`Cannot read ${option} as it must be a path: current value is ""`);
  };
}

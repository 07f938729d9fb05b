import type { Reporter } from "./reporter.ts";

/** Every event as one line of JSON, for programs; what people would be told goes to `tell`. */
export function createJsonReporter(write: (text: string) => void, tell: (text: string) => void): Reporter {
  return {
    event: (event) => {
      write(`${JSON.stringify(event)}\n`);
    },
    line: (text) => {
      tell(`${text}\n`);
    },
    close: () => undefined,
  };
}

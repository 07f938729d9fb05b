import { onTestFinished } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openMemoryState, openState } from "./open-state.ts";
import { describeEventLog } from "./testing/describe-event-log.ts";
import { describeLibrary } from "./testing/describe-library.ts";
import { describeQueue } from "./testing/describe-queue.ts";
import { describeRunBook } from "./testing/describe-run-book.ts";
import { describeRunList } from "./testing/describe-run-list.ts";
import type { OpenState } from "./testing/example-runs.ts";

const KINDS: readonly (readonly [string, OpenState])[] = [
  [
    "openMemoryState()",
    (options) => {
      const state = openMemoryState(options);
      onTestFinished(state.close);
      return Promise.resolve(state);
    },
  ],
  [
    "openState()",
    async (options) => {
      const state = await openState(temporaryFolder(), {
        ...options,
        onNote: (message) => {
          throw new Error(message);
        },
      });
      onTestFinished(state.close);
      return state;
    },
  ],
];

for (const [name, open] of KINDS) {
  describeQueue(name, open);
  describeRunBook(name, open);
  describeRunList(name, open);
  describeEventLog(name, open);
  describeLibrary(name, open);
}

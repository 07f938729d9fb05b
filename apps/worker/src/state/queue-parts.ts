import type { RunFiles } from "./run-files.ts";
import type { EventLog } from "./state.ts";

/** What the queue is made of. */
export interface QueueParts {
  readonly events: EventLog;
  readonly files: RunFiles;
  readonly now: () => number;
  /** How long a claim holds without being renewed. */
  readonly leaseMs: number;
  /** A task that was begun so often, and whose workers died of it or with it, has failed. */
  readonly mostAttempts: number;
}

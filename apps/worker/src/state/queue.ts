import { claimTasks } from "./claim-tasks.ts";
import { heldTasks } from "./held-tasks.ts";
import type { QueueParts } from "./queue-parts.ts";
import { createRunSettling } from "./run-settling.ts";
import type { Sqlite } from "./sqlite.ts";
import type { Queue } from "./state.ts";

/**
 * The queue in two tables. A task is held by a token and a time; whoever writes for it must hold the token, and the time must not
 * have passed: a worker that slept past its lease can write nothing any more, even where nobody else has taken the task.
 */
export function createQueue(db: Sqlite, parts: QueueParts): Queue {
  const settling = createRunSettling(db, parts.events, parts.now);
  return { ...claimTasks(db, parts, settling), ...heldTasks(db, parts, settling) };
}

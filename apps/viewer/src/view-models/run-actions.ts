import type { RunChanges, RunState } from "@gambeson/contract";

/** What can be done to a run in some state. */
export type RunAction = "cancel" | "retry" | "delete";
/** What a reader wants to do to a run: one of its actions, or to call it otherwise. */
export type RunWish = RunAction | "change";
/** What is done to which run. */
export type RunDecision =
  | { readonly kind: RunAction; readonly id: string }
  | { readonly kind: "change"; readonly id: string; readonly changes: RunChanges };

export const RUN_ACTIONS = {
  queued: ["cancel"],
  running: ["cancel"],
  finished: ["delete"],
  failed: ["retry", "delete"],
  cancelled: ["retry", "delete"],
} as const satisfies Record<RunState, readonly RunAction[]>;

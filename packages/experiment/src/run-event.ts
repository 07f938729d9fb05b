import type { EpochMetrics } from "@gambeson/contract";

/** What a run tells while it goes on. `task` is a task's id, unique in the run, such as "seed-1/deep-defense/train". */
export type RunEvent =
  | {
      readonly kind: "task-started";
      readonly task: string;
      /** For people: "Training Deep Defense". */
      readonly title: string;
      /** Position from 0, and how many tasks the run has. */
      readonly index: number;
      readonly of: number;
      /** Share of the run's work that is done, in [0, 1], by the plan's estimate. */
      readonly runShare: number;
    }
  | {
      readonly kind: "task-progress";
      readonly task: string;
      /** Share of the task that is done, in [0, 1]. */
      readonly share: number;
      readonly runShare: number;
      /** For people: "epoch 3/5, loss 0.412". */
      readonly note: string;
    }
  | { readonly kind: "epoch-finished"; readonly task: string; readonly metrics: EpochMetrics }
  | {
      readonly kind: "task-finished";
      readonly task: string;
      readonly title: string;
      readonly seconds: number;
      /** True when an earlier run had done it. */
      readonly reused: boolean;
      readonly index: number;
      readonly of: number;
      readonly runShare: number;
    };

import { runIdSchema, type Run } from "@gambeson/contract";
import * as v from "valibot";
import { Refusal } from "../state/refusal.ts";
import type { ServeContext } from "./serve-context.ts";

/** The part of an address that names a run. */
export const runParam = v.object({ id: runIdSchema });

/** @returns The run without its tasks' epochs. @throws {Refusal} RUN_NOT_FOUND. */
export function findRun({ state }: ServeContext, id: string): Run {
  const run = state.runs.outline(id);
  if (run !== null) return run;
  throw new Refusal(
    "RUN_NOT_FOUND",
    `Cannot find the run as its id must be one of a run's: current value is ${id}`,
  );
}

import type { RunDecision } from "../view-models/run-actions.ts";
import { server } from "./server.ts";

/** Does to a run what was decided; what comes of it is told by the run's events. */
export async function doToRun(decision: RunDecision): Promise<void> {
  const { id } = decision;
  if (decision.kind === "change") await server.runs.change(id, decision.changes);
  else await server.runs[decision.kind](id);
}

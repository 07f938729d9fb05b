import type { Run, RunSummary } from "@gambeson/contract";
import type { ServeContext } from "./serve-context.ts";

/**
 * Queues a finished run again where the file of anything that its tasks gave is missing or damaged: what is whole is used again.
 *
 * @returns The run as it is then; null, and nothing happens, where it has not finished or has lost nothing.
 * @throws {Refusal} TOO_MANY_RUNS.
 */
export async function mendRun(
  context: ServeContext,
  { id, state }: Pick<Run, "id" | "state">,
): Promise<RunSummary | null> {
  const { runs } = context.state;
  if (state !== "finished" || !(await hasLostFiles(context, id))) return null;
  // Another request may have been quicker.
  if (runs.outline(id)?.state !== "finished") return null;
  context.log.warn("run has lost files", { run: id });
  return runs.retry(id, { isIncomplete: true });
}

async function hasLostFiles({ state, artefacts }: ServeContext, id: string): Promise<boolean> {
  for (const sha256 of state.runs.outputs(id)) if ((await artefacts.size(sha256)) === null) return true;
  return false;
}

import { createClient } from "@gambeson/client";
import type { Result, Run } from "@gambeson/contract";

export interface LoadedRun {
  readonly run: Run;
  /** Null until the run has finished. */
  readonly result: Result | null;
}

/** Asks for one run, and for what came out where it has finished. Tells again whenever it changes, until `signal` aborts. */
export async function followRun(
  id: string,
  onRun: (loaded: LoadedRun) => void,
  signal: AbortSignal,
): Promise<void> {
  const client = createClient({ address: location.origin });
  async function load(): Promise<Run> {
    const run = await client.runs.get(id, { signal });
    const result = run.state === "finished" ? await client.runs.result(id, { signal }) : null;
    onRun({ run, result });
    return run;
  }
  const { eventId } = await load();
  await client.events({
    run: id,
    after: eventId,
    signal,
    onEvent: async ({ kind }) => {
      if (kind !== "task-progress") await load();
    },
  });
}

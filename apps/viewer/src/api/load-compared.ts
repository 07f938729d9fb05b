import type { Result, RunSummary } from "@gambeson/contract";
import { atMost } from "./at-most.ts";
import { server } from "./server.ts";

const PAGE = 200;
/** Results are large: two on their way at a time. */
const MOST = 2;

/** Every run of the server, newest first. */
export async function listAllRuns(signal: AbortSignal): Promise<readonly RunSummary[]> {
  const all: RunSummary[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof server.runs.list>> = await server.runs.list(
      { limit: PAGE, cursor },
      { signal },
    );
    all.push(...page.runs);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** What came out of finished runs, in their order. What was loaded before is not asked for again. */
export function createResultLoader(): (
  runs: readonly Pick<RunSummary, "id" | "resultSha256">[],
  signal: AbortSignal,
) => Promise<readonly Result[]> {
  const loaded = new Map<string, Result>();
  return (runs, signal) =>
    atMost(MOST, runs, async ({ id, resultSha256 }) => {
      const key = `${id} ${resultSha256}`;
      const result = loaded.get(key) ?? (await server.runs.result(id, { signal }));
      loaded.set(key, result);
      return result;
    });
}

import type { Client } from "@gambeson/client";
import { runIdSchema, type RunSummary } from "@gambeson/contract";
import * as v from "valibot";
import { UsageError } from "../commands/usage-error.ts";

const MOST_A_PAGE = 200;

/**
 * The id of the run that a person means: an id, the beginning of one, or "last".
 *
 * @throws {UsageError} If there is none, or several begin so.
 */
export async function findRun(client: Client, text: string, signal: AbortSignal): Promise<string> {
  if (v.safeParse(runIdSchema, text).success) return text;
  if (text === "last") return newest(client, signal);
  const found: RunSummary[] = [];
  let cursor: string | undefined;
  do {
    const { runs, nextCursor } = await client.runs.list({ limit: MOST_A_PAGE, cursor }, { signal });
    found.push(...runs.filter(({ id }) => text !== "" && id.startsWith(text)));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  const value =
    found.length === 0 ? `"${text}", and no run is so` : `"${text}", and ${found.length} runs are so`;
  throw new UsageError(
    `Cannot find the run as its name must be the id of one, the beginning of one id alone, or last: current value is ${value}`,
  );
}

async function newest(client: Client, signal: AbortSignal): Promise<string> {
  const { runs } = await client.runs.list({ limit: 1 }, { signal });
  if (runs[0] !== undefined) return runs[0].id;
  throw new UsageError(
    "Cannot find the last run as there must be one: current value is none; submit one with: npm run gambeson -- submit quick",
  );
}

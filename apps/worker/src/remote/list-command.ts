import { RUN_STATES, type RunListQuery, type RunState, type RunSummary } from "@gambeson/contract";
import type { CommandHost } from "../commands/command-host.ts";
import { readInteger } from "../commands/read-number.ts";
import { UsageError } from "../commands/usage-error.ts";
import type { Paint } from "../terminal/paint.ts";
import { prettyJson } from "../terminal/pretty-json.ts";
import { printable } from "../terminal/printable.ts";
import type { ServerOptions } from "./find-server.ts";
import { ago, stateText } from "./run-text.ts";
import { withServer } from "./with-server.ts";

export interface ListOptions extends ServerOptions {
  readonly state?: string;
  readonly tag?: string;
  readonly search?: string;
  readonly sort: RunListQuery["sort"];
  readonly limit: string;
  readonly json?: boolean;
}

/** `gambeson list`: a run a line. */
export async function listCommand(options: ListOptions, host: CommandHost): Promise<void> {
  const { tag, search, sort } = options;
  const limit = readInteger("--limit", options.limit, 1, 200);
  const state = readStates(options.state);
  // Times from the newest, words from A.
  const order = sort === "name" || sort === "state" ? "asc" : "desc";
  await withServer(options, host, async (client) => {
    const list = await client.runs.list(
      { state, tag, q: search, sort, order, limit },
      { signal: host.signal },
    );
    const { stdout } = host;
    if (options.json === true) {
      stdout.write(`${prettyJson(list)}\n`);
      return;
    }
    for (const run of list.runs)
      stdout.write(`${runLine(run, host.now(), stdout.columns(), stdout.paint)}\n`);
    const { length } = list.runs;
    if (list.total > length) stdout.write(`${length} of ${list.total} runs; more with --limit\n`);
    else if (length === 0) stdout.write("No runs; submit one with: npm run gambeson -- submit quick\n");
  });
}

function readStates(text: string | undefined): RunState[] | undefined {
  const states = text?.split(",");
  const wrong = states?.find((state) => !RUN_STATES.some((known) => known === state));
  if (wrong === undefined) return states as RunState[] | undefined;
  throw new UsageError(
    `Cannot read --state as it must be one or more of ${RUN_STATES.join(", ")}, separated by commas: current value is "${wrong}"`,
  );
}

/** @returns As wide as there is room, but for the id, the state and the time, which are always whole. */
function runLine(run: RunSummary, nowMs: number, columns: number, paint: Paint): string {
  const look = run.state === "finished" ? "good" : run.state === "failed" ? "bold" : "dim";
  const state = paint(look, stateText(run).padEnd(13));
  const start = `${run.id}  ${state}${paint("dim", ago(run.createdAt, nowMs).padStart(10))}  `;
  const tags = run.tags.map((tag) => ` [${printable(tag)}]`).join("");
  const room = Math.max(12, columns - 1 - 47);
  const name = `${printable(run.name)}${tags}`;
  return start + (name.length <= room ? name : `${name.slice(0, room - 1)}…`);
}

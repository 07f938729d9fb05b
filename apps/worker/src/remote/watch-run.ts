import type { Client, EventStreamState } from "@gambeson/client";
import type { Run, ServerEvent } from "@gambeson/contract";
import type { CommandHost } from "../commands/command-host.ts";
import { createLiveReporter } from "../terminal/live-reporter.ts";
import { createPlainReporter } from "../terminal/plain-reporter.ts";
import { printable } from "../terminal/printable.ts";
import type { Reporter } from "../terminal/reporter.ts";
import { resultTable } from "../terminal/result-table.ts";
import { warningBox } from "../terminal/warning-box.ts";
import { hasEnded, nameAndId } from "./run-text.ts";
import { tellRun } from "./tell-run.ts";
import { tellWaiting } from "./tell-waiting.ts";

/**
 * Shows how a run goes on, until it ends: to people as `gambeson run` does, with its table at the end; as JSON, an event of the server a
 * line, and last the run as it has ended.
 *
 * @throws {Error} If the run does not finish; and the signal's reason: the run itself goes on.
 */
export async function watchRun(
  client: Client,
  id: string,
  { json }: { readonly json: boolean },
  host: CommandHost,
): Promise<void> {
  const { signal } = host;
  const run = await client.runs.get(id, { signal });
  const last = json ? await followAsJson(client, run, host) : await followForPeople(client, run, host);
  if (last.state !== "finished") throw unfinished(last);
  if (!json) await showResult(client, last, host);
}

async function followAsJson(client: Client, run: Run, { stdout, signal }: CommandHost): Promise<Run> {
  const write = (line: object) => {
    stdout.write(`${JSON.stringify(line)}\n`);
  };
  const last = await follow(client, run, { signal, onEvent: write });
  write({ kind: "run-ended", run: last });
  return last;
}

async function followForPeople(client: Client, run: Run, host: CommandHost): Promise<Run> {
  const { stderr, now, env, signal } = host;
  const begun = new AbortController();
  const reporter = stderr.isLive ? createLiveReporter(stderr, now) : createPlainReporter(stderr.write, now);
  try {
    if (!hasEnded(run.state)) reporter.line(`Watching ${nameAndId(run)}; Ctrl-C stops the watching alone`);
    if (run.state === "queued") {
      const hasLauncher = env("GAMBESON_SUPERVISED") === "report";
      void tellWaiting(client, reporter, { signal: AbortSignal.any([signal, begun.signal]), hasLauncher });
    }
    const teller = tellRun(run, reporter);
    return await follow(client, run, {
      signal,
      onEvent: (event) => {
        begun.abort();
        teller.event(event);
      },
      onChange: teller.update,
      onState: tellConnection(reporter),
    });
  } finally {
    begun.abort();
    reporter.close();
  }
}

interface Follower {
  readonly signal: AbortSignal;
  readonly onEvent: (event: ServerEvent) => void;
  readonly onChange?: (run: Run) => void;
  readonly onState?: (state: EventStreamState) => void;
}

/** @returns The run as it is once it has ended. */
async function follow(
  client: Client,
  run: Run,
  { signal, onEvent, onChange, onState }: Follower,
): Promise<Run> {
  let last = run;
  const ended = new AbortController();
  if (hasEnded(run.state)) return run;
  await client.events({
    run: run.id,
    after: run.eventId,
    signal: AbortSignal.any([signal, ended.signal]),
    onState,
    onEvent: async (event) => {
      onEvent(event);
      if (event.kind === "run-deleted") throw new Error(deleted(run));
      if (event.kind !== "run-changed") return;
      last = await client.runs.get(run.id, { signal });
      onChange?.(last);
      if (hasEnded(last.state)) ended.abort();
    },
  });
  signal.throwIfAborted();
  return last;
}

/** A line when the connection is lost, and one when it is back. */
function tellConnection(reporter: Reporter): (state: EventStreamState) => void {
  let isLost = false;
  return (state) => {
    if (state.kind === "waiting" && !isLost) {
      isLost = true;
      reporter.line(`Note: the connection was lost; trying again (${printable(state.reason)})`);
    } else if (state.kind === "open" && isLost) {
      isLost = false;
      reporter.line("Note: connected again");
    }
  };
}

async function showResult(client: Client, run: Run, { stdout, stderr, signal }: CommandHost): Promise<void> {
  const result = await client.runs.result(run.id, { signal });
  const table = resultTable(result).split("\n").map(printableRow).join("\n");
  stdout.write(`\n${table}\n\nWrite it to a folder with: npm run gambeson -- export ${run.id} --out <dir>\n`);
  const { warning } = result.dataset;
  if (warning !== null) stderr.write(`${warningBox([printable(warning)], stderr.columns(), stderr.paint)}\n`);
}

/** Without taking the spaces that columns begin with. */
function printableRow(row: string): string {
  return `${/^ */.exec(row)![0]}${printable(row)}`;
}

function unfinished(run: Run): Error {
  const reason = run.error === null ? "" : `: ${printable(run.error)}`;
  const advice = `go on with: npm run gambeson -- retry ${run.id}`;
  return new Error(
    `Cannot show a result as ${nameAndId(run)} must have finished: current value is ${run.state}${reason}; ${advice}`,
  );
}

function deleted(run: Run): string {
  return `Cannot watch ${nameAndId(run)} as it must be there: current value is deleted`;
}

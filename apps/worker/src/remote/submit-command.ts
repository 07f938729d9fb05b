import type { Client } from "@gambeson/client";
import type { ExperimentConfig, RunSummary } from "@gambeson/contract";
import type { CommandHost } from "../commands/command-host.ts";
import { experimentConfig } from "../commands/experiment-source.ts";
import { readSeeds } from "../commands/read-seeds.ts";
import type { ServerOptions } from "./find-server.ts";
import { ago, nameAndId, stateText } from "./run-text.ts";
import { watchRun } from "./watch-run.ts";
import { withServer } from "./with-server.ts";

export interface SubmitOptions extends ServerOptions {
  readonly dataset?: string;
  readonly seed?: string;
  readonly seeds?: string;
  readonly set?: readonly string[];
  readonly name?: string;
  readonly tag?: readonly string[];
  readonly notes?: string;
  readonly fresh?: boolean;
  readonly unlessFinished?: boolean;
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** `gambeson submit <preset or file>`: what `gambeson run` takes, for a server to run. */
export async function submitCommand(
  source: string,
  options: SubmitOptions,
  host: CommandHost,
): Promise<void> {
  const { name, tag = [], notes = "", dataset, fresh = false, watch = false, json = false } = options;
  const seeds = readSeeds(options);
  const config = await experimentConfig(source, {
    ...(dataset === undefined ? {} : { dataset }),
    ...(seeds === undefined ? {} : { seeds }),
    settings: options.set ?? [],
  });
  const { stdout, signal } = host;
  await withServer(options, host, async (client) => {
    const finished = options.unlessFinished === true ? await finishedBefore(config, client, signal) : null;
    const { run, created } =
      finished === null
        ? await client.runs.submit(
            { config, tags: [...tag], notes, fresh, ...(name === undefined ? {} : { name }) },
            { signal },
          )
        : { run: finished, created: false };
    stdout.write(
      json
        ? `${JSON.stringify({ kind: "run-submitted", created, run })}\n`
        : submittedText(run, { created, watch, nowMs: host.now() }),
    );
    if (watch && finished === null) await watchRun(client, run.id, { json }, host);
  });
}

/** A finished run of this name, whichever code made it. */
async function finishedBefore(
  { title }: ExperimentConfig,
  client: Client,
  signal: AbortSignal,
): Promise<RunSummary | null> {
  const { runs } = await client.runs.list({ state: ["finished"], q: title, limit: 200 }, { signal });
  return runs.find(({ name, standIn }) => name === title && standIn !== true) ?? null;
}

function submittedText(
  run: RunSummary,
  { created, watch, nowMs }: { readonly created: boolean; readonly watch: boolean; readonly nowMs: number },
): string {
  const next = run.state === "finished" ? "show" : "watch";
  const advice = watch ? "" : `See it with: npm run gambeson -- ${next} ${run.id}\n`;
  if (created) return `Submitted ${nameAndId(run)}\n${advice}`;
  const since = ago(run.createdAt, nowMs);
  return `There already: ${nameAndId(run)}, ${stateText(run)}, submitted ${since}; --fresh does it again\n${advice}`;
}

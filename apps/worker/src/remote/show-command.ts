import type { CommandHost } from "../commands/command-host.ts";
import { prettyJson } from "../terminal/pretty-json.ts";
import { findRun } from "./find-run.ts";
import type { ServerOptions } from "./find-server.ts";
import { runText } from "./run-text.ts";
import { withServer } from "./with-server.ts";

export interface ShowOptions extends ServerOptions {
  readonly json?: boolean;
}

/** `gambeson show <run>`: its state, its tasks, its numbers. */
export async function showCommand(name: string, options: ShowOptions, host: CommandHost): Promise<void> {
  const { stdout, signal } = host;
  await withServer(options, host, async (client) => {
    const run = await client.runs.get(await findRun(client, name, signal), { signal });
    stdout.write(options.json === true ? `${prettyJson(run)}\n` : runText(run, host.now(), stdout.paint));
  });
}

import type { Client } from "@gambeson/client";
import type { CommandHost } from "../commands/command-host.ts";
import { findRun } from "./find-run.ts";
import type { ServerOptions } from "./find-server.ts";
import { nameAndId } from "./run-text.ts";
import { withServer } from "./with-server.ts";

type ChangeCommand = (name: string, options: ServerOptions, host: CommandHost) => Promise<void>;

/** `gambeson cancel <run>`, `retry <run>` and `delete <run>`. */
export const changeCommands = {
  cancel: changeCommand(async (client, id, signal) => {
    const run = await client.runs.cancel(id, { signal });
    return `Cancelled ${nameAndId(run)}; what it has finished is kept, and retry goes on from there`;
  }),
  retry: changeCommand(async (client, id, signal) => {
    const run = await client.runs.retry(id, { signal });
    return `Queued what is left of ${nameAndId(run)}`;
  }),
  delete: changeCommand(async (client, id, signal) => {
    await client.runs.delete(id, { signal });
    return `Deleted ${id}; gc removes the files that were its alone`;
  }),
} as const;

/** @param change Gives the line that says what was done. */
function changeCommand(
  change: (client: Client, id: string, signal: AbortSignal) => Promise<string>,
): ChangeCommand {
  return async (name, options, host) => {
    await withServer(options, host, async (client) => {
      const id = await findRun(client, name, host.signal);
      host.stdout.write(`${await change(client, id, host.signal)}\n`);
    });
  };
}

import type { CommandHost } from "../commands/command-host.ts";
import { findRun } from "./find-run.ts";
import type { ServerOptions } from "./find-server.ts";
import { nameAndId } from "./run-text.ts";
import { withServer } from "./with-server.ts";

/** `gambeson cancel <run>`. */
export async function cancelCommand(name: string, options: ServerOptions, host: CommandHost): Promise<void> {
  await withServer(options, host, async (client) => {
    const { signal, stdout } = host;
    const run = await client.runs.cancel(await findRun(client, name, signal), { signal });
    stdout.write(`Cancelled ${nameAndId(run)}; what it has finished is kept, and retry goes on from there\n`);
  });
}

/** `gambeson retry <run>`. */
export async function retryCommand(name: string, options: ServerOptions, host: CommandHost): Promise<void> {
  await withServer(options, host, async (client) => {
    const { signal, stdout } = host;
    const run = await client.runs.retry(await findRun(client, name, signal), { signal });
    stdout.write(`Queued what is left of ${nameAndId(run)}\n`);
  });
}

/** `gambeson delete <run>`. */
export async function deleteCommand(name: string, options: ServerOptions, host: CommandHost): Promise<void> {
  await withServer(options, host, async (client) => {
    const { signal, stdout } = host;
    const id = await findRun(client, name, signal);
    await client.runs.delete(id, { signal });
    stdout.write(`Deleted ${id}; gc removes the files that were its alone\n`);
  });
}

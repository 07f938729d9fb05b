import type { CommandHost } from "../commands/command-host.ts";
import { findRun } from "./find-run.ts";
import type { ServerOptions } from "./find-server.ts";
import { watchRun } from "./watch-run.ts";
import { withServer } from "./with-server.ts";

export interface WatchOptions extends ServerOptions {
  readonly json?: boolean;
}

/** `gambeson watch [run]`: how it goes on, until it ends. */
export async function watchCommand(
  name: string | undefined,
  options: WatchOptions,
  host: CommandHost,
): Promise<void> {
  await withServer(options, host, async (client) => {
    const id = await findRun(client, name ?? "last", host.signal);
    await watchRun(client, id, { json: options.json === true }, host);
  });
}

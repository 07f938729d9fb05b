import { join, resolve } from "node:path";
import type { Client } from "@gambeson/client";
import type { Result } from "@gambeson/contract";
import type { CommandHost } from "../commands/command-host.ts";
import { outputFiles, type NamedBytes } from "../commands/output-files.ts";
import { whereabouts } from "../commands/whereabouts.ts";
import { openOutputFolder } from "../disk/output-folder.ts";
import { sha256 } from "../disk/sha256.ts";
import { findRun } from "./find-run.ts";
import type { ServerOptions } from "./find-server.ts";
import { withServer } from "./with-server.ts";

export interface ExportOptions extends ServerOptions {
  readonly out?: string;
}

/** `gambeson export <run>`: the files that `gambeson run` would have written. */
export async function exportCommand(name: string, options: ExportOptions, host: CommandHost): Promise<void> {
  const { signal, stdout } = host;
  await withServer(options, host, async (client) => {
    const id = await findRun(client, name, signal);
    const out = resolve(options.out ?? join("out", id));
    const result = await client.runs.result(id, { signal });
    const folder = await openOutputFolder(out);
    await folder.write(outputFiles(result, await weightsOf(result, client, signal)));
    stdout.write(`${whereabouts(out)}\n`);
  });
}

async function weightsOf(result: Result, client: Client, signal: AbortSignal): Promise<NamedBytes[]> {
  const weights: NamedBytes[] = [];
  for (const { seed, models } of result.seeds) {
    for (const { id, weightsSha256 } of models) {
      const bytes = await client.weights.download(weightsSha256, { signal });
      const found = sha256(bytes);
      if (found !== weightsSha256) {
        throw new Error(
          `Cannot export the weights of ${id} as their SHA-256 must be ${weightsSha256}: current value is ${found}`,
        );
      }
      weights.push({ name: result.seeds.length === 1 ? id : `seed-${seed}-${id}`, bytes });
    }
  }
  return weights;
}

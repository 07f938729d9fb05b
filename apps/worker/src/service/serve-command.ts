import type { CommandHost } from "../commands/command-host.ts";
import { findPlaces, type PlaceOptions } from "../commands/places.ts";
import { readInteger } from "../commands/read-number.ts";
import { UsageError } from "../commands/usage-error.ts";
import { requireCode } from "../require-code.ts";
import { shareStore } from "../disk/in-use.ts";
import { openArtefactFiles } from "../serve/open-artefact-files.ts";
import { LIMITS, type ServeContext } from "../serve/serve-context.ts";
import { serve, type Served, type ServeOptions as ListenOptions } from "../serve/serve.ts";
import { openState } from "../state/open-state.ts";
import { VERSION } from "../version.ts";
import { allowedHosts, hostAndPort, isLoopback } from "./address.ts";
import { openLog } from "./open-log.ts";
import { readToken } from "./read-token.ts";
import { holdServerMark } from "./server-mark.ts";
import { viewerFolder } from "./viewer-folder.ts";

export interface ServeOptions extends PlaceOptions {
  readonly host: string;
  readonly port: string;
  readonly tokenFile?: string;
  readonly allowHost?: readonly string[];
  readonly allowOrigin?: readonly string[];
  readonly log?: string;
}

/** How often it is looked whether the state folder is still there. */
const PLACE_MS = 1000;

/** `gambeson serve`, the process that listens; the launcher starts the workers beside it. */
export async function serveCommand(options: ServeOptions, host: CommandHost): Promise<void> {
  const code = requireCode(host.env);
  const port = readInteger("--port", options.port, 0, 65_535);
  const token = await readToken(options.tokenFile, host.env);
  requireTokenBeyondLoopback(options.host, token);
  const origins = readOrigins(options.allowOrigin ?? []);
  const { state: folder } = findPlaces(options, host.env);
  const log = await openLog(options.log, { stderr: host.stderr.write, now: host.now });
  const mark = await holdServerMark(folder);
  try {
    const state = await openState(folder, {
      now: host.now,
      mostActive: LIMITS.runs,
      onNote: (message) => {
        log.warn("state-mended", { message });
        host.stderr.write(`Note: ${message}\n`);
      },
    });
    try {
      const hosts = new Set<string>();
      const context: ServeContext = {
        state,
        artefacts: openArtefactFiles(folder),
        shareStore: () => shareStore(folder),
        log,
        now: host.now,
        version: VERSION,
        code,
        token,
        hosts,
        origins,
        viewer: viewerFolder(),
        limits: LIMITS,
      };
      const { address, finished } = await listen(context, { host: options.host, port, signal: host.signal });
      // The port is known by now, also where any would do; no request is answered before.
      for (const name of allowedHosts(
        options.host,
        Number(new URL(address).port || 80),
        options.allowHost ?? [],
      ))
        hosts.add(name);
      await mark.write({ address, pid: Deno.pid });
      log.info("serving", { address });
      host.stdout.write(`Gambeson is at ${address}\n`);
      if (!isLoopback(options.host))
        host.stdout.write(`It answers to ${[...hosts].join(", ")}; --allow-host adds other names\n`);
      const watch = setInterval(() => {
        if (state.isInPlace()) return;
        log.error("state-gone", { folder });
        Deno.exit(1); // The launcher starts anew, in a folder of that name.
      }, PLACE_MS);
      await finished;
      clearInterval(watch);
      log.info("stopped");
    } finally {
      state.close();
    }
  } finally {
    mark.close();
  }
}

async function listen(context: ServeContext, options: ListenOptions): Promise<Served> {
  try {
    return await serve(context, options);
  } catch (error) {
    const [need, value] =
      error instanceof Deno.errors.AddrInUse
        ? ["its port must be free", "in use by another program"]
        : [
            "it must be an address of this machine, and the port one that you may use",
            String(error).split("\n")[0],
          ];
    throw new Error(
      `Cannot listen at ${hostAndPort(options.host, options.port)} as ${need}: current value is ${value}`,
      { cause: error },
    );
  }
}

function requireTokenBeyondLoopback(host: string, token: string | null): void {
  if (isLoopback(host) || token !== null) return;
  throw new UsageError(
    `Cannot listen at ${host} as others may reach it, so that there must be a token (--token-file or GAMBESON_TOKEN): current value is none`,
  );
}

function readOrigins(origins: readonly string[]): ReadonlySet<string> {
  for (const origin of origins) {
    if (URL.canParse(origin) && new URL(origin).origin === origin) continue;
    throw new UsageError(
      `Cannot allow the origin as it must be a scheme, a host and a port, such as https://lab.example:8443: current value is "${origin}"`,
    );
  }
  return new Set(origins);
}

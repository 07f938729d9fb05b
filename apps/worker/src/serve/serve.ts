import { createApp } from "./create-app.ts";
import type { ServeContext } from "./serve-context.ts";

export interface ServeOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export interface Served {
  /** "http://127.0.0.1:8787". */
  readonly address: string;
  /** Resolves when nothing is listened to and all is answered; what is not two seconds after the stop ends with the process. */
  readonly finished: Promise<void>;
}

const PATIENCE_MS = 2000;

/**
 * Listens until `signal` aborts; then takes no more requests, ends the event streams, and waits a little for the rest.
 *
 * @throws {Error} Deno's, if the address cannot be had.
 */
export async function serve(context: ServeContext, { host, port, signal }: ServeOptions): Promise<Served> {
  const app = createApp(context, { signal });
  const server = await new Promise<Deno.HttpServer<Deno.NetAddr>>((resolve) => {
    const options = { hostname: host, port, onListen: () => undefined, onError: failed };
    resolve(Deno.serve(options, (request) => app.fetch(request)));
  });
  const finished = new Promise<void>((resolve) => {
    const stop = () => {
      const patience = setTimeout(resolve, PATIENCE_MS);
      void server.shutdown().then(() => {
        clearTimeout(patience);
        resolve();
      });
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  return { address: addressOf(server.addr), finished };
}

function addressOf({ hostname, port }: Deno.NetAddr): string {
  return `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

/** For what goes wrong outside of the app, which answers its own failures. */
function failed(): Response {
  return new Response(null, { status: 500 });
}

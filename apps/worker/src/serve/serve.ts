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
  /** Resolves when nothing is listened to or answered any more. */
  readonly finished: Promise<void>;
}

/** Answers that are not done by then are cut off. */
const PATIENCE_MS = 2000;

/**
 * Listens until `signal` aborts; then takes no more requests, ends the event streams, and waits a little for the rest.
 *
 * @throws {Error} Deno's, if the address cannot be had.
 */
export function serve(context: ServeContext, { host, port, signal }: ServeOptions): Promise<Served> {
  const app = createApp(context, { signal });
  const end = new AbortController();
  const server = Deno.serve(
    { hostname: host, port, signal: end.signal, onListen: () => undefined, onError: failed },
    (request) => app.fetch(request),
  );
  const stop = () => {
    const patience = setTimeout(() => {
      end.abort();
    }, PATIENCE_MS);
    void server.shutdown().finally(() => {
      clearTimeout(patience);
    });
  };
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  return Promise.resolve({ address: addressOf(server.addr), finished: server.finished });
}

function addressOf({ hostname, port }: Deno.NetAddr): string {
  return `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

/** For what goes wrong outside of the app, which answers its own failures. */
function failed(): Response {
  return new Response(null, { status: 500 });
}

import type { ServerEvent } from "@gambeson/contract";
import { createTurns } from "./create-turns.ts";
import { server } from "./server.ts";
import { untilAnswered } from "./until-answered.ts";
import { whileSeen } from "./while-seen.ts";

export interface FollowEventsOptions {
  /** Only events of this run. */
  readonly run?: string;
  /** The last event that is known already. */
  readonly after: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ServerEvent) => Promise<void>;
  /** Asks for everything anew: after the connection was lost, or the page was out of sight. */
  readonly reload: () => Promise<void>;
  /** Called whenever the server does not answer. */
  readonly onTrouble: () => void;
}

/**
 * Follows what happens on the server until `signal` aborts, over one stream. Events and reloads come one after the other, so that none
 * writes over what a later one has told. A page that nobody sees lets go of its connection, and catches up when it is seen again.
 *
 * @throws What `onEvent` or `reload` throw, but for a server that is gone or busy.
 */
export async function followEvents({
  run,
  after,
  signal,
  onEvent,
  reload,
  onTrouble,
}: FollowEventsOptions): Promise<void> {
  const inTurn = createTurns();
  const stop = new AbortController();
  let last = after;
  let isLost = false;
  let fail: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (fail = reject));

  const follow = async (seen: AbortSignal) => {
    await server.events({
      ...(run === undefined ? {} : { run }),
      after: last,
      signal: seen,
      onEvent: (event) =>
        inTurn(async () => {
          await onEvent(event);
          last = event.id;
        }),
      onState: ({ kind }) => {
        if (kind === "waiting") {
          isLost = true;
          onTrouble();
        } else if (kind === "open" && isLost) {
          isLost = false;
          inTurn(() => untilAnswered(reload, onTrouble, signal)).catch(fail);
        }
      },
    });
    isLost = true; // Out of sight.
  };
  try {
    await Promise.race([whileSeen(follow, AbortSignal.any([signal, stop.signal])), failure]);
  } finally {
    stop.abort();
  }
}

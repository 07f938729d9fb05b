import { createSseParser } from "@gambeson/client";
import type { ServerEvent } from "@gambeson/contract";
import { pause } from "../crash/service.ts";

export interface Received {
  readonly id: number;
  /** Between the event's own time and its arrival, in milliseconds. */
  readonly delayMs: number;
}

/** One client of the event stream that notes what comes, and comes back with Last-Event-ID whenever it has been cut off. */
export interface StreamClient {
  readonly received: readonly Received[];
  /** The event that it began after. */
  readonly after: number;
  /** Cuts the connection; it connects again by itself. */
  cut(): void;
  readonly reconnects: number;
  /** Ends it. */
  stop(): Promise<void>;
}

const UNAVAILABLE = 503;

/**
 * @param after Ask for the events after this one.
 * @param onEvent Told of each event as it comes.
 */
export function openStream(
  address: string,
  after: number,
  onEvent: (event: ServerEvent) => void = () => undefined,
): StreamClient {
  const received: Received[] = [];
  let lastId = after;
  let reconnects = -1;
  let isStopped = false;
  let connection = new AbortController();

  async function readOnce(signal: AbortSignal): Promise<void> {
    const response = await fetch(`${address}/api/v1/events`, {
      headers: { accept: "text/event-stream", "last-event-id": String(lastId) },
      signal,
    });
    if (response.status === UNAVAILABLE) {
      await response.body?.cancel();
      return;
    }
    if (!response.ok || response.body === null)
      throw new Error(`the stream is answered with ${response.status}`);
    reconnects++;
    const parser = createSseParser();
    const reader = response.body.getReader();
    // An aborted fetch does not always end a read that waits.
    signal.addEventListener("abort", () => {
      reader.cancel().catch(() => undefined);
    });
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      for (const message of parser.push(next.value)) {
        const event = JSON.parse(message.data) as ServerEvent;
        received.push({ id: event.id, delayMs: Date.now() - Date.parse(event.at) });
        lastId = event.id;
        onEvent(event);
      }
    }
  }

  const isOpen = () => !isStopped;

  async function keepReading(): Promise<void> {
    while (isOpen()) {
      connection = new AbortController();
      try {
        await readOnce(connection.signal);
      } catch (error) {
        if (!connection.signal.aborted && !(error instanceof TypeError)) throw error;
      }
      if (isOpen()) await pause(20);
    }
  }

  const ended = keepReading();
  return {
    received,
    after,
    cut: () => {
      connection.abort();
    },
    get reconnects() {
      return reconnects;
    },
    stop: async () => {
      isStopped = true;
      connection.abort();
      await ended;
    },
  };
}

/** @returns What is wrong with what a client got, beside the ids that there are; empty when nothing is. */
export function faultsOf({ received, after }: StreamClient, ids: readonly number[]): string[] {
  const expected = ids.filter((id) => id > after);
  const got = received.map(({ id }) => id);
  const faults = got.flatMap((id, at) =>
    id === expected[at] ? [] : [`position ${at} has event ${id}, not ${expected[at]}`],
  );
  if (got.length < expected.length)
    faults.push(`${expected.length - got.length} events are missing at the end`);
  return faults.slice(0, 5);
}

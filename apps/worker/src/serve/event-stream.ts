import type { EventHub } from "./event-hub.ts";
import { openEventReader, type EventReaderOptions } from "./event-reader.ts";

export interface EventStreamOptions extends EventReaderOptions {
  /** A client that reads nothing for so long is cut off; it can come back with the last id that it has. */
  readonly stalledMs: number;
}

/** What a client that has lost its connection waits, in milliseconds. */
const RETRY = 1000;

/**
 * Events as server-sent events. The next ones are fetched only when the socket asks for more, so a slow reader costs one page of
 * them and no more.
 *
 * Source: WHATWG HTML, 9.2.
 */
export function openEventStream(hub: EventHub, options: EventStreamOptions): ReadableStream<Uint8Array> {
  const { after, stalledMs } = options;
  const reader = openEventReader(hub, options);
  const encoder = new TextEncoder();
  let isCancelled = false;
  let stalled: ReturnType<typeof setTimeout> | undefined;

  function send(controller: ReadableStreamDefaultController<Uint8Array>, text: string): void {
    controller.enqueue(encoder.encode(text));
    stalled = setTimeout(() => {
      reader.close();
      controller.error(
        new Error(`Cannot send events as the client must read: current value is not for ${stalledMs} ms`),
      );
    }, stalledMs);
  }

  return new ReadableStream<Uint8Array>(
    {
      // The id tells a client where it begins, should it lose its connection before the first event.
      start: (controller) => {
        send(controller, `retry: ${RETRY}\nid: ${after}\n\n`);
      },
      pull: async (controller) => {
        clearTimeout(stalled);
        const text = await reader.next();
        if (text !== null) send(controller, text);
        else if (!isCancelled) controller.close();
      },
      cancel: () => {
        isCancelled = true;
        clearTimeout(stalled);
        reader.close();
      },
    },
    { highWaterMark: 0 },
  );
}

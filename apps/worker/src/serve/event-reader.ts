import type { EventHub } from "./event-hub.ts";

/** One client's way through the events. */
export interface EventReader {
  /** @returns The next events, or a heartbeat, as they go over the wire; null once it is closed. */
  next(): Promise<string | null>;
  close(): void;
}

export interface EventReaderOptions {
  /** The last event that the client has. */
  readonly after: number;
  /** Only this run's events; undefined for all. */
  readonly run: string | undefined;
  /** A comment goes out when nothing else has for so long. */
  readonly heartbeatMs: number;
}

const HEARTBEAT = ":\n\n";

/** Joins the hub until it is closed, by its client or by the hub. */
export function openEventReader(hub: EventHub, { after, run, heartbeatMs }: EventReaderOptions): EventReader {
  let cursor = after;
  let isClosed = false;
  let wake = (): void => undefined;
  const leave = hub.join({
    wake: () => {
      wake();
    },
    end: close,
  });

  function close(): void {
    isClosed = true;
    leave();
    wake();
  }

  function read(): string {
    const page = hub.page(cursor, run);
    cursor = page.cursor;
    return page.text;
  }

  return {
    close,
    next: async () => {
      let due = "";
      const timer = setTimeout(() => {
        due = HEARTBEAT;
        wake();
      }, heartbeatMs);
      try {
        while (!isClosed) {
          const text = read() || due;
          if (text !== "") return text;
          await new Promise<void>((resolve) => (wake = resolve));
        }
        return null;
      } catch (error) {
        close();
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

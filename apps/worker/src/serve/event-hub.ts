import type { EventLog } from "../state/state.ts";
import { createEventRing, wireEvent, type EventRing } from "./event-ring.ts";

/** Where all event streams of a server learn of events: one poller asks the database, however many streams there are. */
export interface EventHub {
  /** Open streams. */
  readonly size: number;
  /** The newest event's id. */
  lastId(): number;
  /** Takes a stream in, until it leaves. @returns How it leaves; it is to be called even when the hub has ended the stream. */
  join(stream: HubStream): () => void;
  /** What comes after a cursor; no text when nothing does. */
  page(cursor: number, run: string | undefined): EventPage;
  /** Ends all streams, and each that joins later. */
  close(): void;
}

export interface HubStream {
  /** Called when there may be news. */
  wake(): void;
  /** Called when the server stops. */
  end(): void;
}

export interface EventPage {
  /** Some events, as they go over the wire. */
  readonly text: string;
  /** Everything up to here has been seen. */
  readonly cursor: number;
}

export interface EventHubOptions {
  readonly pollMs: number;
  /** Told of a database that does not answer. */
  readonly onError: (error: unknown) => void;
}

const PAGE = 200;
const RING = 1000;

export function createEventHub(events: EventLog, { pollMs, onError }: EventHubOptions): EventHub {
  const streams = new Set<HubStream>();
  let ring = createEventRing(0, RING);
  let timer: ReturnType<typeof setInterval> | undefined;
  let [isFailing, isClosed] = [false, false];

  function poll(): void {
    try {
      if (readNews(events, ring)) for (const stream of streams) stream.wake();
      isFailing = false;
    } catch (error) {
      if (!isFailing) onError(error);
      isFailing = true;
    }
  }

  return {
    get size() {
      return streams.size;
    },
    lastId: () => events.lastId(),
    join: (stream) => {
      if (isClosed) queueMicrotask(stream.end);
      else if (timer === undefined) {
        ring = createEventRing(events.lastId(), RING);
        timer = setInterval(poll, pollMs);
      }
      streams.add(stream);
      return () => {
        streams.delete(stream);
        if (streams.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    page: (cursor, run) => ringPage(ring, cursor, run) ?? storedPage(events, cursor, run),
    close: () => {
      isClosed = true;
      for (const stream of [...streams]) stream.end();
    },
  };
}

/** Moves what the database has got since into the ring. @returns Whether there was anything. */
function readNews(events: EventLog, ring: EventRing): boolean {
  const [before, newest] = [ring.newest, events.lastId()];
  while (ring.newest < newest) {
    const page = events.after(ring.newest, { limit: PAGE });
    if (page.length === 0) break;
    ring.push(page.map(wireEvent));
  }
  return ring.newest > before;
}

function ringPage(ring: EventRing, cursor: number, run: string | undefined): EventPage | null {
  const events = ring.after(cursor);
  if (events === null) return null;
  const page = events.filter((event) => run === undefined || event.run === run).slice(0, PAGE);
  const end = page.length === PAGE ? page.at(-1)!.id : Math.max(cursor, ring.newest);
  return { text: page.map(({ text }) => text).join(""), cursor: end };
}

function storedPage(events: EventLog, cursor: number, run: string | undefined): EventPage {
  const newest = events.lastId();
  const page = events.after(cursor, { limit: PAGE, ...(run === undefined ? {} : { run }) });
  const last = page.at(-1)?.id ?? cursor;
  const text = page.map((event) => wireEvent(event).text).join("");
  return { text, cursor: page.length === PAGE ? last : Math.max(last, newest) };
}

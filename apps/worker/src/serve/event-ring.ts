import type { ServerEvent } from "@gambeson/contract";

/** An event as it goes over the wire. */
export interface WireEvent {
  readonly id: number;
  readonly run: string;
  readonly text: string;
}

export function wireEvent(event: ServerEvent): WireEvent {
  const text = `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
  return { id: event.id, run: event.run, text };
}

/** The newest events, every one after `floor`, oldest first: what all streams read instead of asking the database each. */
export interface EventRing {
  /** Adds events that follow those it has. */
  push(events: readonly WireEvent[]): void;
  /** @returns The events after `id`; null where it no longer holds all of them. */
  after(id: number): readonly WireEvent[] | null;
  /** The newest event that it has had. */
  readonly newest: number;
}

/** @param floor The id after which it begins. @param size Most events that it holds. */
export function createEventRing(floor: number, size: number): EventRing {
  let held: readonly WireEvent[] = [];
  let newest = floor;
  return {
    push: (events) => {
      held = [...held, ...events];
      newest = held.at(-1)?.id ?? newest;
      floor = held.at(-size - 1)?.id ?? floor;
      held = held.slice(-size);
    },
    after: (id) => (id < floor ? null : held.slice(held.findLastIndex((event) => event.id <= id) + 1)),
    get newest() {
      return newest;
    },
  };
}

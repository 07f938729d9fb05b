import type { EventStreamOptions } from "@gambeson/client";

/** A server's stream of events that says nothing by itself, and ends when its reader leaves. */
export function silentStream({ signal }: EventStreamOptions): Promise<void> {
  return new Promise((resolve) => {
    signal!.addEventListener("abort", () => {
      resolve();
    });
  });
}

import { isDeepStrictEqual } from "node:util";
import type { ServerEvent } from "@gambeson/contract";
import { openStream } from "../load/stream-client.ts";
import { until, type Service } from "./service.ts";

/** A client of the event stream that has been there since the first event, and comes back whenever its server has died. */
export interface EventFollower {
  /** Reads until it has the event `lastId`, then goes. @returns All that it was told, in that order. */
  readTo(lastId: number): Promise<readonly ServerEvent[]>;
}

export function followEvents(service: Service): EventFollower {
  const told: ServerEvent[] = [];
  const stream = openStream(service.address, 0, (event) => told.push(event));
  return {
    readTo: async (lastId) => {
      try {
        await until(() => told.some(({ id }) => id >= lastId));
      } catch {
        // What is missing is told by `differences`.
      }
      await stream.stop();
      return told;
    },
  };
}

const MOST = 5;

/**
 * Gaps, repetitions, wrong order and other content.
 *
 * @param told What `who` was told.
 * @param stored What there is, by growing ids.
 * @returns The first few; empty where both are the same.
 */
export function differences(
  who: string,
  told: readonly ServerEvent[],
  stored: readonly ServerEvent[],
): string[] {
  const length = Math.max(told.length, stored.length);
  const wrong: string[] = [];
  for (let at = 0; at < length && wrong.length < MOST; at++) {
    const [got, wanted] = [told[at], stored[at]];
    if (isDeepStrictEqual(got, wanted)) continue;
    wrong.push(`${who}, position ${at}: told ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
  }
  return wrong;
}

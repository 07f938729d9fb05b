import type { SUPERSEDED } from "./latest-wins.ts";
import { latestWins } from "./latest-wins.ts";
import type { PlayCalls, PlayKind, PlayMessage, PlayReply } from "./protocol.ts";

/** An answer, and how long the worker took to find it, in milliseconds. */
export interface Timed<T> {
  readonly answer: T;
  readonly ms: number;
}

/** The page's end of the worker. Every call rejects with an Error whose message is a sentence for people. */
export interface PlayClient {
  load(asked: PlayCalls["load"][0]): Promise<Timed<PlayCalls["load"][1]>>;
  /** The calls below answer `SUPERSEDED` where a later one of their kind was made before they had begun. */
  see: LatestCall<"see">;
  fgs: LatestCall<"fgs">;
  fgsCurve: LatestCall<"fgs-curve">;
  deepFool: LatestCall<"deepfool">;
  maps: LatestCall<"maps">;
  /** Ends the worker; calls that wait are rejected. */
  close(): void;
}

type LatestCall<K extends PlayKind> = (
  asked: PlayCalls[K][0],
) => Promise<Timed<PlayCalls[K][1]> | typeof SUPERSEDED>;

/** As much of a Worker as the client needs. */
export interface PlayPort {
  postMessage(message: PlayMessage): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<PlayReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface Waiting {
  resolve(timed: Timed<PlayCalls[PlayKind][1]>): void;
  reject(error: Error): void;
}

/** @param port A worker that runs `play-worker.ts`; the client's own from now on. */
export function createPlayClient(port: PlayPort): PlayClient {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let broken: Error | null = null;

  const fail = (error: Error) => {
    broken = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  port.onmessage = ({ data }) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if ("failure" in data) call?.reject(new Error(data.failure));
    else call?.resolve({ answer: data.answer, ms: data.ms });
  };
  port.onerror = ({ message }) => {
    fail(
      new Error(
        `Cannot go on as the part of the page that attacks stopped: ${message || "it did not start"}`,
      ),
    );
  };

  function call<K extends PlayKind>(kind: K, asked: PlayCalls[K][0]): Promise<Timed<PlayCalls[K][1]>> {
    if (broken !== null) return Promise.reject(broken);
    const id = ++calls;
    return new Promise((resolve, reject) => {
      // The worker answers a call of a kind with that kind's answer.
      waiting.set(id, { resolve: resolve, reject });
      port.postMessage({ id, kind, asked } as PlayMessage);
    });
  }

  return {
    load: (asked) => call("load", asked),
    see: latestWins((asked) => call("see", asked)),
    fgs: latestWins((asked) => call("fgs", asked)),
    fgsCurve: latestWins((asked) => call("fgs-curve", asked)),
    deepFool: latestWins((asked) => call("deepfool", asked)),
    maps: latestWins((asked) => call("maps", asked)),
    close: () => {
      port.terminate();
      fail(new Error("Cannot attack an image as the page that asked must be open: current value is closed"));
    },
  };
}

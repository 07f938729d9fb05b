import type { Result, SeedResult } from "@gambeson/contract";
import type { PlayClient } from "./create-play-client.ts";
import type { PlayBackend, Subject } from "./protocol.ts";

/** One seed's models of a run, loaded into the worker. */
export interface PlaySession {
  /** The run's id. */
  readonly run: string;
  readonly result: Result;
  readonly seed: SeedResult;
  readonly client: PlayClient;
  readonly backend: PlayBackend;
}

/** An image to attack, and what people call it. */
export interface NamedSubject extends Subject {
  readonly name: string;
}

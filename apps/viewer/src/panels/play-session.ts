import type { Result, SeedResult } from "@gambeson/contract";
import type { PlayClient } from "../playground/create-play-client.ts";
import type { PlayBackend, Subject } from "../playground/protocol.ts";

/** One seed's models of a run, loaded into the worker. */
export interface PlaySession {
  /** The run's id. */
  readonly run: string;
  readonly result: Result;
  readonly seed: SeedResult;
  readonly client: PlayClient;
  readonly backend: PlayBackend;
}

/** An image to attack on a run's models: those of another take other images. */
export interface PlaySubject extends Subject {
  /** The run's id. */
  readonly run: string;
}

import type { State } from "../state/state.ts";
import type { ArtefactFiles } from "./artefact-files.ts";
import type { Log } from "./log.ts";

/** What the routes have from the program around them. */
export interface ServeContext {
  readonly state: State;
  readonly artefacts: ArtefactFiles;
  /** Holds the state folder as something that keeps files there which nothing refers to yet: `gc` waits until it is closed. */
  readonly shareStore: () => Promise<{ close(): void }>;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Gambeson's version, and the hash of the sources that make numbers. */
  readonly version: string;
  readonly code: string;
  /** What requests must bring where it is not null: at least 32 characters. */
  readonly token: string | null;
  /** What a request's Host may be: names or addresses with their port, lower case. */
  readonly hosts: ReadonlySet<string>;
  /** Origins, besides the server's own, whose pages may read and write; empty for none. */
  readonly origins: ReadonlySet<string>;
  /** Folder of the viewer's built files; null where there is none. */
  readonly viewer: string | null;
  readonly limits: Limits;
}

/** Bounds of what one client can make the server hold. */
export interface Limits {
  /** Runs that are queued or running at once. */
  readonly runs: number;
  /** Event streams at once. */
  readonly streams: number;
  /** Bytes of a JSON body. */
  readonly jsonBytes: number;
  /** Bytes of an uploaded file, as it is sent and once it is unpacked. */
  readonly uploadBytes: number;
  /** How long a body may give no byte: who sends none holds a connection for nothing. */
  readonly bodySilenceMs: number;
  /** Weights of one model of a config: more would not fit into memory. */
  readonly modelWeights: number;
}

export const LIMITS: Limits = {
  runs: 200,
  streams: 400,
  jsonBytes: 256 * 1024,
  uploadBytes: 512 * 1024 * 1024,
  bodySilenceMs: 30_000,
  modelWeights: 20_000_000,
};

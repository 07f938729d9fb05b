import type { RunEvent } from "@gambeson/experiment";

/** Tells the user how a run goes: as a live picture, as lines, or as JSON. */
export interface Reporter {
  readonly event: (event: RunEvent) => void;
  /** A line for people, between the progress. */
  readonly line: (text: string) => void;
  /** Ends the live picture, so that other text can follow. */
  readonly close: () => void;
}

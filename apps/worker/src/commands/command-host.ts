import type { Terminal } from "../terminal/terminal.ts";

/** What a command has from the program around it. */
export interface CommandHost {
  /** Results. */
  readonly stdout: Terminal;
  /** Progress, warnings and errors. */
  readonly stderr: Terminal;
  readonly env: (name: string) => string | undefined;
  /** Aborts when the user wants to stop. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

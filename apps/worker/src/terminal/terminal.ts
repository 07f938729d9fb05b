import { createPaint, type Paint } from "./paint.ts";

/** One of the program's two outputs. */
export interface Terminal {
  readonly write: (text: string) => void;
  /** True when a person watches it, and lines can be drawn over. */
  readonly isLive: boolean;
  /** Characters a line; 80 where nobody knows. */
  readonly columns: () => number;
  readonly paint: Paint;
}

type Stream = typeof Deno.stdout;

export function createTerminal(stream: Stream, env: (name: string) => string | undefined): Terminal {
  const isLive = stream.isTerminal() && env("TERM") !== "dumb";
  return {
    write: (text) => {
      writeAll(stream, new TextEncoder().encode(text));
    },
    isLive,
    columns: () => {
      try {
        return Math.max(20, Deno.consoleSize().columns);
      } catch {
        return 80;
      }
    },
    paint: createPaint(isLive && env("NO_COLOR") === undefined),
  };
}

/** A pipe that another program has set to non-blocking is full for a moment at times. */
function writeAll(stream: Stream, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += stream.writeSync(bytes.subarray(written));
    } catch (error) {
      if (error instanceof Deno.errors.BrokenPipe) return; // Nobody reads any more: `gambeson ... | head`.
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

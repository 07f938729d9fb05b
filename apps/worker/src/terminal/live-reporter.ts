import { took } from "./durations.ts";
import { followRun } from "./follow-run.ts";
import type { Paint } from "./paint.ts";
import { progressLines } from "./progress-lines.ts";
import type { Reporter } from "./reporter.ts";

export interface LiveTerminal {
  readonly write: (text: string) => void;
  readonly columns: () => number;
  readonly paint: Paint;
}

const REDRAW_MS = 100;
// eslint-disable-next-line no-control-regex -- it is what paint adds
const LOOKS = /\x1b\[[\d;]*m/g;
/** Row by row: erasing all below the cursor would make tmux keep it in its history. */
const ERASE_ROW = "\r\x1b[2K";
const UP = "\x1b[1A";

/** Two lines at the bottom that are drawn over and over; finished tasks stay above them. */
export function createLiveReporter(terminal: LiveTerminal, now: () => number): Reporter {
  const { paint } = terminal;
  const run = followRun(now);
  /** Widths of the lines that are drawn. */
  let drawn: readonly number[] = [];
  let drawnAtMs = -Infinity;

  function erase(): void {
    // Terminals that have become narrower have broken lines into several rows.
    const columns = terminal.columns();
    const rows = drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    if (rows > 0) terminal.write(ERASE_ROW + (UP + ERASE_ROW).repeat(rows - 1));
    drawn = [];
  }

  function draw(): void {
    const view = run.view();
    const lines = view === null ? [] : progressLines(view, terminal.columns(), paint);
    erase();
    terminal.write(lines.join("\n"));
    drawn = lines.map((text) => text.replaceAll(LOOKS, "").length);
    drawnAtMs = now();
  }

  function line(text: string): void {
    erase();
    terminal.write(`${text}\n`);
  }

  return {
    event: (event) => {
      const message = run.event(event);
      if (message !== null) line(message);
      if (event.kind === "task-finished") {
        const time = event.reused ? "done before" : took(event.seconds);
        const place = `${String(event.index + 1).padStart(String(event.of).length)}/${event.of}`;
        const outcome = paint("dim", run.outcome(event.task));
        line(
          `${paint("good", "✓")} ${place} ${paint("dim", time.padStart(11))}  ${event.title}  ${outcome}`.trimEnd(),
        );
      } else if (event.kind === "task-started" || now() - drawnAtMs >= REDRAW_MS) {
        draw();
      }
    },
    line,
    close: erase,
  };
}

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
/** Erases this line and all below it. */
const ERASE_DOWN = "\r\x1b[J";

/** Two lines at the bottom that are drawn over and over; finished tasks stay above them. */
export function createLiveReporter(terminal: LiveTerminal, now: () => number): Reporter {
  const { paint } = terminal;
  const run = followRun(now);
  let drawn = 0;
  let drawnAtMs = -Infinity;

  function erase(): void {
    if (drawn > 0) terminal.write(drawn > 1 ? `\x1b[${drawn - 1}A${ERASE_DOWN}` : ERASE_DOWN);
    drawn = 0;
  }

  function draw(): void {
    const view = run.view();
    const lines = view === null ? [] : progressLines(view, terminal.columns(), paint);
    erase();
    terminal.write(lines.join("\n"));
    drawn = lines.length;
    drawnAtMs = now();
  }

  function line(text: string): void {
    erase();
    terminal.write(`${text}\n`);
  }

  return {
    event: (event) => {
      run.event(event);
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

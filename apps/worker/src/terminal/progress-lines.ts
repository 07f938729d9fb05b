import { clock } from "./durations.ts";
import type { Paint } from "./paint.ts";

export interface ProgressView {
  /** "Training Deep Defense". */
  readonly title: string;
  readonly note: string;
  /** Position from 0, and how many tasks there are. */
  readonly index: number;
  readonly of: number;
  /** In [0, 1]. */
  readonly share: number;
  readonly runShare: number;
  readonly taskLeftMs: number | null;
  readonly runLeftMs: number | null;
}

const FULL = "█";
const EMPTY = "░";
/** Room for "1:02:03 left". */
const TIME_WIDTH = 12;

/** One line for the task and one for the whole run, each less than `columns` wide. */
export function progressLines(view: ProgressView, columns: number, paint: Paint): readonly string[] {
  const barWidth = columns < 60 ? 0 : Math.min(30, Math.floor(columns / 5));
  const line = (name: string, note: string, share: number, leftMs: number | null) => {
    const bar = barWidth > 0 ? `${drawBar(share, barWidth)} ` : "";
    const left = leftMs === null ? "" : `${clock(leftMs)} left`;
    const numbers = `${bar}${percent(share)}  ${left.padEnd(TIME_WIDTH)}`;
    const room = Math.max(0, columns - 1 - numbers.length - 1);
    const shortName = cut(name, room);
    const shortNote = cut(note === "" ? "" : ` · ${note}`, room - shortName.length);
    const padding = " ".repeat(room - shortName.length - shortNote.length + 1);
    return shortName + paint("dim", shortNote) + padding + numbers.trimEnd();
  };
  return [
    line(view.title, view.note, view.share, view.taskLeftMs),
    line(`Task ${view.index + 1} of ${view.of}`, "", view.runShare, view.runLeftMs),
  ];
}

function drawBar(share: number, width: number): string {
  const full = Math.min(width, Math.max(0, Math.floor(share * width)));
  return FULL.repeat(full) + EMPTY.repeat(width - full);
}

/** Rounded down: 100 % is what is done. */
export function percent(share: number): string {
  return `${String(Math.min(100, Math.max(0, Math.floor(share * 100)))).padStart(3)} %`;
}

function cut(text: string, width: number): string {
  if (width < 2) return "";
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

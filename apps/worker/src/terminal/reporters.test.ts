import type { EpochMetrics } from "@gambeson/contract";
import type { RunEvent } from "@gambeson/experiment";
import { expect, test } from "vitest";
import { createJsonReporter } from "./json-reporter.ts";
import { createLiveReporter } from "./live-reporter.ts";
import { createPaint } from "./paint.ts";
import { createPlainReporter } from "./plain-reporter.ts";

const about = (index: number, title: string) => ({ task: `seed-1/${index}`, title, index, of: 2 });
const progress = (index: number, share: number): RunEvent => {
  return {
    kind: "task-progress",
    task: `seed-1/${index}`,
    share,
    runShare: (index + share) / 2,
    note: "epoch 1/5",
  };
};
const finished = (index: number, title: string, reused: boolean): RunEvent => {
  return { kind: "task-finished", ...about(index, title), seconds: 12.34, reused, runShare: (index + 1) / 2 };
};
const EPOCH: EpochMetrics = {
  epoch: 5,
  loss: 0.3,
  regulariser: null,
  trainAccuracy: { count: 9, of: 10 },
  testAccuracy: { count: 7, of: 8 },
  capped: null,
  unfooled: null,
};
const RUN: readonly [atMs: number, RunEvent][] = [
  [0, finished(0, "Pre-training", true)],
  [0, { kind: "task-started", ...about(1, "Training Vanilla"), runShare: 0.5 }],
  [10, progress(1, 0)],
  [20, progress(1, 0.01)],
  [3000, progress(1, 0.3)],
  [6000, progress(1, 0.6)],
  [7000, progress(1, 0.8)],
  [20_000, progress(1, 1)],
  [20_000, { kind: "epoch-finished", task: "seed-1/1", metrics: EPOCH }],
  [20_000, finished(1, "Training Vanilla", false)],
];

/** Plays the events, each at its time. */
function play(reporter: { event: (event: RunEvent) => void }, clock: { ms: number }): void {
  for (const [ms, event] of RUN) {
    clock.ms = ms;
    reporter.event(event);
  }
}

test("createPlainReporter() writes a few lines a task, at most one a quarter and one in five seconds", () => {
  const clock = { ms: 0 };
  let written = "";
  const reporter = createPlainReporter(
    (text) => (written += text),
    () => clock.ms,
  );
  play(reporter, clock);
  reporter.line("Note: x");
  expect(written).toBe(
    [
      "[1/2] Pre-training: done before",
      "[2/2] Training Vanilla: 60 %, epoch 1/5, 0:04 left in all",
      "[2/2] Training Vanilla: 100 %, epoch 1/5, 0:00 left in all",
      "[2/2] Training Vanilla: 12.3 s, test accuracy 87.5 %",
      "Note: x",
      "",
    ].join("\n"),
  );
});

test("createLiveReporter() leaves finished tasks and other lines standing, and nothing of the bars", () => {
  const clock = { ms: 0 };
  const screen = createScreen();
  const terminal = { write: screen.write, columns: () => 80, paint: createPaint(false) };
  const reporter = createLiveReporter(terminal, () => clock.ms);
  play({ event: reporter.event }, clock);
  reporter.line("Note: x");
  reporter.close();
  expect(screen.lines()).toEqual([
    "✓ 1/2 done before  Pre-training",
    "✓ 2/2      12.3 s  Training Vanilla  test accuracy 87.5 %",
    "Note: x",
    "",
  ]);
});

test("createLiveReporter() shows two lines while a task goes on, redrawn at most ten times a second", () => {
  const clock = { ms: 0 };
  const screen = createScreen();
  const terminal = { write: screen.write, columns: () => 80, paint: createPaint(false) };
  const reporter = createLiveReporter(terminal, () => clock.ms);
  for (const [ms, event] of RUN.slice(0, 6)) {
    clock.ms = ms;
    reporter.event(event);
  }
  expect(screen.lines()).toEqual([
    "✓ 1/2 done before  Pre-training",
    "Training Vanilla · epoch 1/5               █████████░░░░░░░  60 %  0:04 left",
    "Task 2 of 2                                ████████████░░░░  80 %  0:04 left",
  ]);
  const before = screen.written();
  clock.ms += 50;
  reporter.event(progress(1, 0.61));
  expect(screen.written()).toBe(before);
  clock.ms += 50;
  reporter.event(progress(1, 0.62));
  expect(screen.written()).toBeGreaterThan(before);
  reporter.close();
  expect(screen.lines()).toEqual(["✓ 1/2 done before  Pre-training", ""]);
});

test("an epoch that goes on after a stop is announced, once", () => {
  const goesOn = (share: number, epoch: number): RunEvent =>
    ({ ...progress(0, share), note: `epoch ${epoch}/10, loss 0.3` }) as RunEvent;
  const events: readonly RunEvent[] = [
    { kind: "task-started", ...about(0, "Pre-training"), runShare: 0 },
    goesOn(0.71, 8),
    goesOn(0.81, 9),
    { kind: "task-started", ...about(1, "Training Vanilla"), runShare: 0.5 },
    progress(1, 0.01),
  ];
  let plain = "";
  const lines = createPlainReporter(
    (text) => (plain += text),
    () => 0,
  );
  const screen = createScreen();
  const terminal = { write: screen.write, columns: () => 80, paint: createPaint(false) };
  const live = createLiveReporter(terminal, () => 0);
  for (const event of events) {
    lines.event(event);
    live.event(event);
  }
  expect(plain).toBe("Pre-training goes on from epoch 8\n");
  live.close();
  expect(screen.lines()).toEqual(["Pre-training goes on from epoch 8", ""]);
});

test("createLiveReporter() erases the rows that lines have become in a narrower terminal", () => {
  let columns = 80;
  let written = "";
  const terminal = {
    write: (text: string) => (written += text),
    columns: () => columns,
    paint: createPaint(true),
  };
  const reporter = createLiveReporter(terminal, () => 0);
  reporter.event({ kind: "task-started", ...about(0, "Pre-training"), runShare: 0 });
  // Without a time left, both lines are 66 characters wide: two rows each in 40 columns.
  columns = 40;
  written = "";
  reporter.close();
  expect(written).toBe("\r\x1b[2K" + "\x1b[1A\r\x1b[2K".repeat(3));
});

test("createJsonReporter() writes events as lines of JSON, progress at most once a percent, and tells people elsewhere", () => {
  let written = "";
  let told = "";
  const reporter = createJsonReporter(
    (text) => (written += text),
    (text) => (told += text),
  );
  for (const [, event] of RUN) reporter.event(event);
  reporter.line("Note: x");
  expect(
    written
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(RUN.map(([, event]) => event));
  const before = written;
  reporter.event(progress(1, 0));
  reporter.event(progress(0, 0.5));
  reporter.event(progress(0, 0.501));
  expect(written.slice(before.length)).toBe(`${JSON.stringify(progress(0, 0.5))}\n`);
  expect(told).toBe("Note: x\n");
});

/** A terminal that knows the four controls we send: \n, \r, up, and erase the row. */
function createScreen() {
  const rows: string[] = [""];
  let row = 0;
  let column = 0;
  let written = 0;
  return {
    write: (text: string) => {
      written++;
      // eslint-disable-next-line no-control-regex -- they are what a terminal reads
      for (const [token, up] of text.matchAll(/\x1b\[(\d+)A|\x1b\[2K|[\s\S]/gu)) {
        if (up !== undefined) row -= Number(up);
        else if (token === "\x1b[2K") rows[row] = "";
        else if (token === "\r") column = 0;
        else if (token === "\n") {
          row++;
          column = 0;
          rows[row] ??= "";
        } else {
          rows[row] = rows[row]!.slice(0, column) + token + rows[row]!.slice(column + 1);
          column++;
        }
      }
    },
    /** To the cursor's, or to the last that has anything in it. */
    lines: () =>
      rows.slice(
        0,
        1 +
          Math.max(
            row,
            rows.findLastIndex((text) => text !== ""),
          ),
      ),
    written: () => written,
  };
}

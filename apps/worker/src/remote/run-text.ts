import type { Run, RunState, RunSummary, RunTask } from "@gambeson/contract";
import { took } from "../terminal/durations.ts";
import { layOut } from "../terminal/lay-out.ts";
import type { Paint } from "../terminal/paint.ts";
import { printable } from "../terminal/printable.ts";
import { percent } from "../terminal/progress-lines.ts";

/** For people, where the run has a name of its own: `Report (r0123...)`. */
export function nameAndId({ id, name }: RunSummary): string {
  return `${printable(name)} (${id})`;
}

/** A run that nothing will change any more, unless it is retried. */
export function hasEnded(state: RunState): boolean {
  return state === "finished" || state === "failed" || state === "cancelled";
}

/** "running 43 %"; for the others the state alone. */
export function stateText({ state, share }: RunSummary): string {
  return state === "running" ? `running ${percent(share).trim()}` : state;
}

/** How long ago: 12 s ago, 5 min ago, 3 h ago, then the day. */
export function ago(instant: string, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h ago`;
  return instant.slice(0, 10);
}

/** All that there is to say of a run: its state, its tasks with their marks, and its numbers. */
export function runText(run: Run, nowMs: number, paint: Paint): string {
  const rest = [
    ...(run.tags.length === 0 ? [] : [`Tags: ${run.tags.map(printable).join(", ")}`]),
    ...(run.notes.trim() === "" ? [] : [`Notes: ${printable(run.notes)}`]),
    ...(run.error === null ? [] : [`Failed: ${printable(run.error)}`]),
  ];
  const parts = [
    [paint("bold", printable(run.name)), `${run.id}  ${stateLine(run, nowMs)}`, settings(run), ...rest],
    run.tasks.map((task) => taskLine(task, paint)),
    numbers(run),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function stateLine(run: Run, nowMs: number): string {
  const { createdAt, startedAt, finishedAt } = run;
  const state = stateText(run);
  if (finishedAt !== null && startedAt !== null) {
    return `${state} ${ago(finishedAt, nowMs)}, after ${took((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}`;
  }
  return startedAt === null
    ? `${state}, submitted ${ago(createdAt, nowMs)}`
    : `${state}, begun ${ago(startedAt, nowMs)}`;
}

function settings({ dataset, datasetSummary, config, environment, standIn }: Run): string {
  const { seeds } = config;
  return [
    printable(datasetSummary?.title ?? dataset) + (standIn === true ? " (stands in for the one wanted)" : ""),
    seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds`,
    ...(environment === null
      ? []
      : [`WebAssembly ${environment.backend.variant}, kernels ${environment.backend.kernels}`]),
  ].join(" · ");
}

function taskLine(
  { state, title, seconds, reused, share, note, error, epochs }: RunTask,
  paint: Paint,
): string {
  const line = (mark: string, time: string, more: string) =>
    `${mark} ${paint("dim", time.padStart(11))}  ${printable(title)}  ${more}`.trimEnd();
  switch (state) {
    case "finished": {
      const accuracy = epochs.at(-1)?.testAccuracy;
      const outcome =
        accuracy === undefined ? "" : `test accuracy ${((100 * accuracy.count) / accuracy.of).toFixed(1)} %`;
      const time = reused ? "done before" : took(seconds ?? 0);
      return line(paint("good", "✓"), time, paint("dim", outcome));
    }
    case "running":
      return line("▸", percent(share).trim(), paint("dim", printable(note)));
    case "failed":
      return line(paint("bold", "✗"), "failed", printable(error ?? ""));
    case "waiting":
    case "skipped":
    case "cancelled":
      return line("·", state, "");
  }
}

/** A finished run's headline numbers. */
function numbers({ headline, epsilonReference }: Run): string[] {
  if (headline === null) return [];
  const rows = headline.map(({ label, accuracy, rho2 }) => [
    printable(label),
    (100 * accuracy).toFixed(2),
    rho2.toExponential(2),
  ]);
  const reference = epsilonReference === null ? [] : ["", `eps_ref = ${epsilonReference.toFixed(4)}`];
  return [layOut([["", "Acc. %", "rho2"], ...rows]), ...reference];
}

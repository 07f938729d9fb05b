import type { Run } from "@gambeson/contract";
import { filesBelow, temporaryFolder } from "../../testing/temporary-folder.ts";
import { openState } from "../open-state.ts";
import type { State } from "../state.ts";
import { DATASET, WEIGHTS } from "./describe-library.ts";
import { claim, finishRun, submit, testClock } from "./example-runs.ts";

/** Puts runs of every state into a state, and uploads. Only what is lasting: nothing is half done but the one that runs. */
export async function fill(state: State, pass: (ms: number) => void): Promise<void> {
  await submit(state, "finished", { tags: ["red"], notes: "A note", idempotencyKey: "key-1" });
  await finishRun(state);
  pass(1);
  await submit(state, "failed");
  await state.queue.fail(claim(state), "Cannot go on");
  pass(1);
  await state.runs.cancel(await submit(state, "cancelled"));
  pass(1);
  const removed = await submit(state, "removed");
  await state.runs.cancel(removed);
  await state.runs.remove(removed);
  pass(1);
  await submit(state, "queued 🛡️");
  await state.library.addWeights(WEIGHTS);
  await state.library.addDataset(DATASET);
}

/** All that must never be lost of a state; the numbers of events start anew with a new database. */
export function lastingParts({ runs, library }: State) {
  const ids = runs.list({ sort: "created", order: "asc", limit: 200 }).runs.map(({ id }) => id);
  return {
    runs: ids.map((id): Run => ({ ...runs.get(id)!, eventId: 0 })),
    references: runs.references(),
    weights: library.weights(),
    datasets: library.uploadedDatasets(),
  };
}
export type LastingParts = ReturnType<typeof lastingParts>;

/** A folder with a filled state that was closed cleanly, and what is in it. */
export async function closedFolder(): Promise<{ readonly folder: string; readonly parts: LastingParts }> {
  const folder = temporaryFolder();
  const { state, pass } = await openQuietly(folder);
  await fill(state, pass);
  const parts = lastingParts(state);
  state.close();
  return { folder, parts };
}

/** As it is on the disk of a machine that loses its power now. */
export async function crashedFolder(): Promise<{ readonly folder: string; readonly parts: LastingParts }> {
  const open = temporaryFolder();
  const { state, pass } = await openQuietly(open);
  try {
    await fill(state, pass);
    return { folder: copyOf(open), parts: lastingParts(state) };
  } finally {
    state.close();
  }
}

/** Opens a state in which nothing may be amiss. */
export async function openQuietly(folder: string) {
  const { now, pass } = testClock();
  const onNote = (message: string) => {
    throw new Error(`unexpected: ${message}`);
  };
  return { state: await openState(folder, { now, onNote }), pass };
}

/** Opens a folder, and looks what is in it. */
export async function openAndLook(folder: string): Promise<{ parts: LastingParts; notes: string[] }> {
  const notes: string[] = [];
  const state = await openState(folder, {
    now: testClock().now,
    onNote: (message) => {
      notes.push(message);
    },
  });
  try {
    return { parts: lastingParts(state), notes };
  } finally {
    state.close();
  }
}

export function copyOf(folder: string): string {
  const copy = temporaryFolder();
  for (const name of filesBelow(folder)) {
    Deno.mkdirSync(`${copy}/${name.split("/").slice(0, -1).join("/")}`, { recursive: true });
    Deno.copyFileSync(`${folder}/${name}`, `${copy}/${name}`);
  }
  return copy;
}

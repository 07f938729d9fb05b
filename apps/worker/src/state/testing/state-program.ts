// Opens a state folder in a process of its own and does one thing there:   <thing> <folder> <name>
import { isStorageError } from "../../disk/storage-error.ts";
import { openState } from "../open-state.ts";
import { LeaseLostError, type State } from "../state.ts";
import { done, submission } from "./example-runs.ts";

const [thing, folder, name] = Deno.args as [keyof typeof THINGS, string, string];
const say = (what: unknown) => {
  console.log(JSON.stringify(what));
};

const THINGS = {
  /** Says how many runs there are, or why not. */
  look: async () => {
    try {
      const state = await open();
      say({ runs: count(state) });
      state.close();
    } catch (error) {
      say({ refused: String(error), isStorage: isStorageError(error) });
    }
  },

  /** Queues a run, and then keeps the state open without an end. */
  hold: async () => {
    const state = await open();
    const { run } = await state.runs.create(submission(name));
    say({ run: run.id });
    setInterval(() => state.events.lastId(), 1000);
  },

  /** Does every task that there is, until all runs have ended; begins once three such processes are there. */
  work: async () => {
    const state = await open();
    const worker = { id: name, build: "build", code: "code-1" };
    const { runs, queue } = state;
    queue.greet(worker);
    while (queue.workers().length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    while (count(state, ["queued", "running"]) > 0) {
      const claim = queue.claim(worker);
      if (claim === null) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      say({ run: claim.run, task: claim.task, attempt: claim.attempt });
      const resultSha256 = "0".repeat(64);
      await queue.finish(
        claim,
        done(claim.kind),
        claim.kind === "assemble" ? { outcome: { resultSha256, headline: [], epsilonReference: null } } : {},
      );
    }
    say({ finished: runs.counts().runs });
    state.close();
  },

  /** Fills a small disk until it takes no more, makes room there, and goes on. */
  fill: async () => {
    const filler = `${folder}/filler`;
    await Deno.writeFile(filler, new Uint8Array(500_000));
    const state = await open();
    const { error, before, after } = await fillUp(state);
    await Deno.remove(filler);
    const { created } = await state.runs.create(submission("with room again"));
    say({
      refused: String(error),
      isStorage: isStorageError(error),
      before,
      after,
      created,
      runs: count(state),
    });
    state.close();
    const again = await open();
    say({ runs: count(again) });
    again.close();
  },
};

/** Renames a run, until that is refused. */
async function fillUp(state: State): Promise<{ error: unknown; before: unknown; after: unknown }> {
  const { run } = await state.runs.create(submission("filling"));
  const claim = state.queue.claim({ id: "filler", build: "build", code: "code-1" })!;
  for (let time = 0; ; time++) {
    const before = [state.runs.get(run.id), state.events.lastId()];
    try {
      state.queue.progress(claim, time / 1e6, "x".repeat(1000));
    } catch (error) {
      if (error instanceof LeaseLostError || time > 10_000) throw error;
      return { error, before, after: [state.runs.get(run.id), state.events.lastId()] };
    }
  }
}

function open(): Promise<State> {
  return openState(folder, {
    now: Date.now,
    onNote: (message) => {
      say({ note: message });
    },
    leaseMs: 60_000,
  });
}

function count(state: State, among?: readonly string[]): number {
  return Object.entries(state.runs.counts().runs)
    .filter(([key]) => among?.includes(key) ?? true)
    .reduce((sum, [, runs]) => sum + runs, 0);
}

await THINGS[thing]();

import { summariseDataset } from "@gambeson/datasets";
import {
  assembleResult,
  completeTask,
  inputHashes,
  outputHash,
  plan,
  taskKey,
  toJsonBytes,
  writeTestImages,
} from "@gambeson/experiment";
import { configForDataset } from "../commands/config-for-dataset.ts";
import { limitDataset } from "../commands/limit-dataset.ts";
import type { Claim } from "../state/state.ts";
import { fencedStore } from "./fenced-store.ts";
import { ASSEMBLE, plannedTasks, PREPARE } from "./planned-tasks.ts";
import { createThrottle } from "./throttle.ts";
import { outcomeOf } from "./result-outcome.ts";
import type { WorkerParts } from "./worker-parts.ts";

/**
 * Does a claimed task and finishes it in the queue.
 *
 * @returns False, and nothing is done, when another worker is doing the same work for another run.
 * @throws The signal's reason once it is aborted; `LeaseLostError`; what the task itself throws.
 */
export async function doTask(claim: Claim, signal: AbortSignal, parts: WorkerParts): Promise<boolean> {
  switch (claim.kind) {
    case PREPARE:
      await prepare(claim, parts);
      return true;
    case ASSEMBLE:
      await assemble(claim, parts);
      return true;
    default:
      return doPlanned(claim, signal, parts);
  }
}

/** Finds out what the run is computed on and with, and keeps the test images, which results are looked at with. */
async function prepare(claim: Claim, parts: WorkerParts): Promise<void> {
  const { state, datasets, engines, now } = parts;
  const startedAt = now();
  state.library.noteDatasets(await datasets.look());
  const whole = await datasets.load(claim.config.dataset.name);
  const config = configForDataset(claim.config, whole);
  // Begun anew, the run's config names what stood in before, and no longer what was wanted.
  const warning = whole.warning ?? claim.dataset?.warning ?? null;
  const dataset = { ...limitDataset(whole, config.dataset), warning };
  const { environment } = await engines.for(config);
  const testImages = await storeOf(claim, parts).keepArtefact(writeTestImages(dataset.test));
  const sizes = { train: dataset.train.count, test: dataset.test.count };
  await state.queue.finish(
    claim,
    { kind: PREPARE, outputs: { testImages }, seconds: (now() - startedAt) / 1000, reused: false },
    {
      preparation: {
        config,
        environment,
        dataset: summariseDataset(dataset),
        tasks: plannedTasks(config, sizes),
      },
    },
  );
}

/** The result without its timings, so that the same numbers are the same bytes. */
async function assemble(claim: Claim, parts: WorkerParts): Promise<void> {
  const { state, now } = parts;
  const startedAt = now();
  const { dataset, environment } = await foundAgain(claim, parts);
  const store = storeOf(claim, parts);
  const hashOf = (task: string, name: string) => outputHash(claim.outputs, { task, output: name });
  const result = await assembleResult(
    claim.config,
    { dataset, environment, output: (task, name) => store.artefact(hashOf(task, name)) },
    hashOf,
  );
  const resultSha256 = await store.keepArtefact(toJsonBytes(result));
  await state.queue.finish(
    claim,
    { kind: ASSEMBLE, outputs: { result: resultSha256 }, seconds: (now() - startedAt) / 1000, reused: false },
    { outcome: outcomeOf(result, resultSha256) },
  );
}

async function doPlanned(claim: Claim, signal: AbortSignal, parts: WorkerParts): Promise<boolean> {
  const { state, now, checkpointEvery } = parts;
  const { dataset, environment, engine } = await foundAgain(claim, parts);
  const task = plan(claim.config, { train: dataset.train.count, test: dataset.test.count }).find(
    ({ id }) => id === claim.task,
  );
  if (task === undefined) {
    throw new TypeError(
      `Cannot do the task as the run's config must have it: current value is '${claim.task}'`,
    );
  }
  const hashes = inputHashes(task, claim.outputs);
  const key = await taskKey(task, hashes, dataset, environment);
  if (!state.queue.begin(claim, key)) return false;
  const progress = createThrottle(now);
  const { record, reused } = await completeTask(task, key, hashes, {
    dataset,
    engine,
    store: storeOf(claim, parts),
    clock: now,
    signal,
    checkpointEvery,
    onProgress: (share, note) => {
      if (progress.isDue()) state.queue.progress(claim, share, note);
    },
    onEpoch: (metrics) => {
      state.queue.epoch(claim, metrics);
    },
  });
  await state.queue.finish(claim, {
    kind: task.kind,
    outputs: record.outputs,
    seconds: record.seconds,
    reused,
  });
  return true;
}

/** The data set and the engine that the run began with. @throws {Error} If they are others by now. */
async function foundAgain(claim: Claim, { datasets, engines }: WorkerParts) {
  const { config } = claim;
  const whole = await datasets.load(config.dataset.name);
  const limited = limitDataset(whole, config.dataset);
  const dataset = { ...limited, warning: claim.dataset?.warning ?? null };
  requireSame("data set", summariseDataset(dataset), claim.dataset);
  const { engine, environment } = await engines.for(config);
  requireSame("machine", environment, claim.environment);
  return { dataset, engine, environment };
}

function requireSame(what: string, found: object, expected: object | null): void {
  const text = (value: object | null) => new TextDecoder().decode(toJsonBytes(value));
  if (text(found) === text(expected)) return;
  throw new Error(
    `Cannot go on as the ${what} must be the one that the run began with: current value is another; retry the run to begin anew`,
  );
}

function storeOf(claim: Claim, { store, state }: WorkerParts) {
  return fencedStore(store, {
    check: () => {
      state.queue.renew(claim);
    },
    fresh: claim.fresh,
    isFirst: !claim.begun,
  });
}

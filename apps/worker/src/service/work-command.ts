import type { CommandHost } from "../commands/command-host.ts";
import { findPlaces, type PlaceOptions } from "../commands/places.ts";
import { readInteger, readThreads } from "../commands/read-number.ts";
import { shareStore } from "../disk/in-use.ts";
import { openStore } from "../disk/open-store.ts";
import { sha256 } from "../disk/sha256.ts";
import { requireCode } from "../require-code.ts";
import type { KernelChoice } from "../commands/kernel-choice.ts";
import { openState } from "../state/open-state.ts";
import { createEnginePool } from "../work/engine-pool.ts";
import { createWorkerDatasets } from "../work/worker-datasets.ts";
import { holdWorkerLock, isWorkerAlive } from "../work/worker-lock.ts";
import { runWorker } from "../work/worker.ts";
import { VERSION } from "../version.ts";
import { openLog } from "./open-log.ts";

export interface WorkOptions extends PlaceOptions {
  readonly threads?: string;
  readonly kernels: KernelChoice;
  readonly checkpointEvery: string;
  readonly attempts: string;
  readonly lease: string;
  readonly log?: string;
}

const SIGN_OF_LIFE_MS = 1000;

/** `gambeson work`: takes tasks from the queue of a state folder, until it is stopped. */
export async function workCommand(options: WorkOptions, host: CommandHost): Promise<void> {
  const code = requireCode(host.env);
  const threads = readThreads(options.threads);
  const checkpointEvery = readInteger("--checkpoint-every", options.checkpointEvery, 1, 1000);
  const mostAttempts = readInteger("--attempts", options.attempts, 1, 1_000_000);
  const leaseMs = 1000 * readInteger("--lease", options.lease, 2, 3600);
  const places = findPlaces(options, host.env);
  const log = await openLog(options.log, { stderr: host.stderr.write, now: host.now });
  const note = (message: string) => {
    log.warn("state-mended", { message });
  };
  const id = crypto.randomUUID();
  const lock = await holdWorkerLock(places.state, id);
  const state = await openState(places.state, { now: host.now, onNote: note, mostAttempts, leaseMs });
  const signOfLife = tellParent(host);
  const engines = createEnginePool({ kernels: options.kernels, threads, code });
  try {
    const store = await openStore(places.state, { onDamage: note, now: host.now });
    const datasets = createWorkerDatasets(places, store, state.library);
    state.library.noteDatasets(await datasets.look());
    log.info("worker-ready", { worker: id, pid: Deno.pid });
    await runWorker({
      identity: { id, build: buildOf(options, code), code },
      state,
      store,
      datasets,
      engines,
      isAlive: (worker) => isWorkerAlive(places.state, worker),
      shareStore: () => shareStore(places.state),
      log,
      now: host.now,
      checkpointEvery,
      signal: host.signal,
    });
    state.queue.farewell(id);
  } finally {
    clearInterval(signOfLife);
    await engines.close();
    state.close();
    lock.close();
  }
}

/** The launcher ends and replaces a worker of its own that it has not heard of for long: one that sleeps may hold up the others. */
function tellParent({ env, stdout }: CommandHost): ReturnType<typeof setInterval> | undefined {
  if (env("GAMBESON_SUPERVISED") !== "worker") return undefined;
  return setInterval(() => {
    stdout.write(".");
  }, SIGN_OF_LIFE_MS);
}

/** What decides this worker's numbers. */
function buildOf({ kernels, threads }: WorkOptions, code: string): string {
  const machine = [Deno.version.deno, Deno.build.os, Deno.build.arch, navigator.hardwareConcurrency];
  return sha256(
    new TextEncoder().encode(JSON.stringify([VERSION, code, kernels, threads ?? null, ...machine])),
  ).slice(0, 16);
}

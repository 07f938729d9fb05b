import type { RunList, RunSummary } from "@gambeson/contract";
import { examineState, type Findings } from "./examine-state.ts";
import { followEvents } from "./follow-events.ts";
import { kill, pause, Service } from "./service.ts";
import { ask, submitTiny, uploadTiny } from "./submit-tiny.ts";
import { Submissions } from "./submissions.ts";

export interface CrashOptions {
  readonly kills: number;
  /** Of the random moments and victims. */
  readonly seed: number;
  /** With `data/` in it: a tiny data set of IDX files. */
  readonly folder: string;
  readonly port: number;
  readonly onProgress: (line: string) => void;
}

export interface CrashReport extends Findings {
  readonly kills: Readonly<Record<"serve" | "work" | "all", number>>;
  /** Runs that the server had acknowledged. */
  readonly acknowledged: number;
  readonly seconds: number;
}

/** Different runs, each with a result of its own. */
const SEEDS = [1, 2, 3];
/** Kept waiting at any time, so that there is always something to interrupt. */
const WAITING = 2;
/** How long between two kills. */
const GAP_MS = { least: 150, most: 1400 };
/** One kill of so many is a power cut. */
const POWER_CUT_EVERY = 8;
const PATIENCE_MS = 240_000;

/**
 * Submits small runs and kills the server and the worker at random moments; then lets all runs end, and compares with runs that nobody
 * disturbed.
 */
export async function crashTest(options: CrashOptions): Promise<CrashReport> {
  const { folder, port, onProgress } = options;
  const startedAt = Date.now();
  const expected = await undisturbed(options);
  onProgress(`undisturbed: ${[...expected.values()].map((hash) => hash.slice(0, 8)).join(", ")}`);
  return withService(`${folder}/killed`, port, async (service) => {
    const follower = followEvents(service);
    const asked = new Submissions(service, await uploadTiny(service, folder));
    const kills = await killAtRandom(service, asked, options);
    onProgress(`${asked.acknowledged} runs acknowledged; waiting for their end`);
    await untilAllEnd(service, asked);
    const findings = await examineState(service, { asked, follower, expected });
    return { ...findings, kills, acknowledged: asked.acknowledged, seconds: (Date.now() - startedAt) / 1000 };
  });
}

/** Whatever goes wrong, nothing is left running. */
async function withService<T>(
  folder: string,
  port: number,
  use: (service: Service) => Promise<T>,
): Promise<T> {
  await Deno.mkdir(folder);
  const service = new Service({ folder, port, args: ARGS });
  try {
    service.start();
    await service.ready();
    return await use(service);
  } finally {
    await service.killAll();
  }
}

/** One thread, so that little is lost; attempts without end, as it is the test that kills. */
const ARGS = ["--threads", "1", "--attempts", "1000000", "--lease", "5"];

/** Result of each seed, by an undisturbed service. */
function undisturbed({ folder, port }: CrashOptions): Promise<Map<number, string>> {
  return withService(`${folder}/undisturbed`, port, async (service) => {
    const upload = await uploadTiny(service, folder);
    const hashes = new Map<number, string>();
    for (const seed of SEEDS) {
      const { id } = await submitTiny(service, { dataset: upload, seed });
      let run = await runOf(service, id);
      for (const until = Date.now() + PATIENCE_MS; run.state !== "finished"; run = await runOf(service, id)) {
        if (run.state === "failed" || Date.now() > until)
          throw new Error(`an undisturbed run is ${run.state}: ${run.error ?? ""}`);
        await pause(100);
      }
      hashes.set(seed, run.resultSha256!);
    }
    await service.stop();
    return hashes;
  });
}

async function killAtRandom(
  service: Service,
  asked: Submissions,
  { kills, seed, onProgress }: CrashOptions,
): Promise<CrashReport["kills"]> {
  const random = seeded(seed);
  const submit = () => asked.submit(SEEDS[Math.floor(random() * SEEDS.length)]!);
  const count = { serve: 0, work: 0, all: 0 };
  for (let done = 0; done < kills;) {
    await pause(GAP_MS.least + random() * (GAP_MS.most - GAP_MS.least));
    await keepBusy(service, submit);
    const victims = await service.processes();
    const kind = random() * POWER_CUT_EVERY < 1 ? "all" : random() < 0.4 ? "serve" : "work";
    // Sometimes a submission is under way when the server dies.
    const racing = random() < 0.5 ? submit() : Promise.resolve();
    if (kind === "all") {
      await service.killAll();
      service.start();
    } else {
      const victim = victims.find((process) => process.kind === kind);
      if (victim === undefined || !kill(victim.pid)) {
        await racing;
        continue;
      }
    }
    await racing;
    count[kind]++;
    done++;
    if (done % 25 === 0) onProgress(`${done} kills, ${asked.acknowledged} runs acknowledged`);
    if (kind !== "work") await service.ready();
  }
  await asked.askAgain();
  return count;
}

/** Submits while fewer than `WAITING` runs are on their way. */
async function keepBusy(service: Service, submit: () => Promise<void>): Promise<void> {
  try {
    const { total } = await activeRuns(service);
    for (let more = total; more < WAITING; more++) await submit();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // The server may be down just now; a refusal is a finding.
  }
}

async function untilAllEnd(service: Service, asked: Submissions): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { total } = await activeRuns(service);
    if (total === 0) return;
    if (Date.now() > until) throw new Error(`${total} of ${asked.acknowledged} runs do not end`);
    await pause(200);
  }
}

function activeRuns(service: Service): Promise<RunList> {
  return ask(service, "/api/v1/runs?state=queued,running") as Promise<RunList>;
}

function runOf(service: Service, id: string): Promise<RunSummary> {
  return ask(service, `/api/v1/runs/${id}`) as Promise<RunSummary>;
}

/** mulberry32: the same seed, the same kills. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

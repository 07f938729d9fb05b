import type { Engine } from "@gambeson/experiment";
import type { Answer, Job, Reply, Request } from "./job.ts";
import {
  deepDefenseTraining,
  deepFoolSet,
  fgsCurves,
  training,
  type Inputs,
  type Stopwatch,
} from "./ours.ts";
import type { RunningEngine } from "./start-engine.ts";

/** What differs between Deno, Node and a page. */
export interface OursHost {
  /** A file of the inputs folder. */
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Milliseconds, from a monotonic clock. */
  now(): number;
  readonly engine: RunningEngine;
  /** The program that runs it, with its version. */
  readonly program: Readonly<Record<string, string>>;
}

/** Makes our side of the protocol: one request, one reply. Files are read once and kept. */
export function answerRequests({
  read,
  now,
  engine,
  program,
}: OursHost): (request: Request) => Promise<Reply> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  return async (request) => {
    if (request.do === "hello")
      return { hello: { versions: { ...program, ...engine.versions }, threads: engine.threads } };
    let seconds = 0;
    const timed: Stopwatch = async (work) => {
      const startedAt = now();
      const result = await work();
      seconds += (now() - startedAt) / 1000;
      return result;
    };
    const inputs = await readInputs(request.job, files, read);
    const answer = await runJob(engine.engine, inputs, request.job, timed);
    return { seconds, answer };
  };
}

async function runJob(engine: Engine, inputs: Inputs, job: Job, timed: Stopwatch): Promise<Answer> {
  switch (job.work) {
    case "train":
      return await training(engine, inputs, job, timed);
    case "deepfool":
      return await deepFoolSet(engine, inputs, job, timed);
    case "deep-defense":
      return await deepDefenseTraining(engine, inputs, job, timed);
    case "fgs-curves":
      return await fgsCurves(engine, inputs, job, timed);
    default:
      return job satisfies never;
  }
}

async function readInputs(
  job: Job,
  files: Map<string, Uint8Array<ArrayBuffer>>,
  read: OursHost["read"],
): Promise<Inputs> {
  const needed = [
    ...["train", "test"].flatMap((split) => [`${split}-images.bin`, `${split}-labels.bin`]),
    ...[job.weights].flat(),
    ...("order" in job ? [job.order] : []),
  ];
  for (const name of needed) if (!files.has(name)) files.set(name, await read(name));
  const file = (name: string) => {
    const bytes = files.get(name);
    if (bytes === undefined)
      throw new RangeError(`Cannot run a job as it must name its files: current value is ${name}`);
    return bytes;
  };
  const source = (split: string) => {
    const pixels = file(`${split}-images.bin`);
    const labels = file(`${split}-labels.bin`);
    return { count: labels.length, imageSize: pixels.length / labels.length, labels, pixels };
  };
  return {
    train: source("train"),
    test: source("test"),
    weights: file,
    order: (name) => new Uint32Array(file(name).buffer),
  };
}

import type { Run, RunTask } from "@gambeson/contract";
import { toJsonBytes, writeFgsImages, writeImageRows } from "@gambeson/experiment/files";
import { writeSafetensors } from "@gambeson/models/safetensors";
import { Hono } from "hono";
import { shareStore } from "../../disk/in-use.ts";
import type { State, StoredDataset, StoredWeights } from "../../state/state.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { answerProblem } from "../answer-problem.ts";
import { createLog } from "../log.ts";
import { openArtefactFiles } from "../open-artefact-files.ts";
import { imageRoutes } from "../routes/images.ts";
import { resultRoutes } from "../routes/results.ts";
import { uploadRoutes } from "../routes/uploads.ts";
import { weightRoutes } from "../routes/weights.ts";
import { LIMITS, type Limits, type ServeContext } from "../serve-context.ts";
import { SEED, smallResult } from "./small-result.ts";

export const RUN = "r0000000000000000001";

/** The run's test images, 0 to 255: three of 2 x 3. The second is blank. */
export const IMAGES = Uint8Array.of(0, 51, 102, 153, 204, 255, 0, 0, 0, 0, 0, 0, 255, 128, 64, 32, 16, 8);
/** A model's DeepFool images, some pixels beyond [0, 1]. */
export const DEEP_FOOL = Float32Array.of(
  -0.5,
  0,
  0.25,
  0.5,
  0.75,
  1.5,
  ...new Array<number>(6).fill(0.1),
  1,
  2,
  3,
  4,
  5,
  6,
);
/** Where FGS moves the pixels: 1 brighter, 2 darker. */
export const SIGNS = Uint8Array.of(0, 1, 2, 0, 1, 2, ...new Array<number>(6).fill(1), 2, 2, 2, 2, 2, 2);

/** How a model took the images: wrong on the third; DeepFool fooled the first two. */
const ROWS = {
  label: Uint8Array.of(0, 1, 1),
  before: Int32Array.of(0, 1, 0),
  probabilityBefore: Float32Array.of(0.5, 0.75, 0.875),
  after: Int32Array.of(1, 0, 0),
  probabilityAfter: Float32Array.of(0.625, 0.5, 0.75),
  fooled: Uint8Array.of(1, 1, 0),
  steps: Int32Array.of(1, 2, 6),
  norm: Float32Array.of(0.5, 0.25, 3),
  imageNorm: Float32Array.of(2, 0, 1.5),
};

export function safetensorsOf(
  layers: Readonly<Record<string, readonly [readonly number[], readonly number[]]>>,
) {
  return writeSafetensors(
    Object.entries(layers).map(([name, [shape, values]]) => ({
      ...{ name, dtype: "F32" as const, shape, data: Float32Array.from(values) },
    })),
  );
}
/** An MLP 2-2-1. */
export const WEIGHTS = safetensorsOf({
  "dense0.weight": [
    [2, 2],
    [1, 2, 3, 4],
  ],
  "dense0.bias": [[2], [5, 6]],
  "dense1.weight": [
    [2, 1],
    [7, 8],
  ],
  "dense1.bias": [[1], [9]],
});

export interface ServedRun {
  readonly folder: string;
  /** Where the lock is that `gc` waits for. */
  readonly locks: string;
  readonly context: ServeContext;
  /** SHA-256 of the run's artefacts by task and name: "prepare testImages". */
  readonly outputs: Map<string, string>;
  readonly weights: StoredWeights[];
  readonly datasets: StoredDataset[];
  run: Run;
  ask(path: string, init?: RequestInit): Promise<Response>;
}

/** A finished run in a folder of the test's own, and the routes that show it. */
export async function servedRun(limits: Partial<Limits> = {}): Promise<ServedRun> {
  const [folder, locks] = [temporaryFolder(), temporaryFolder()];
  const artefacts = openArtefactFiles(folder);
  const outputs = new Map<string, string>();
  const keep = async (task: string, name: string, bytes: Uint8Array<ArrayBuffer>) =>
    outputs.set(`${task} ${name}`, await artefacts.keep(bytes));
  await keep("assemble", "result", toJsonBytes({ ...smallResult(), timings: undefined }));
  await keep("prepare", "testImages", testImages());
  for (const model of ["pretrained", "vanilla"]) {
    await keep(`seed-${SEED}/${model}/evaluate`, "images", writeImageRows(ROWS));
    await keep(`seed-${SEED}/${model}/evaluate`, "deepfool", deepFoolImages());
    await keep(`seed-${SEED}/${model}/sweep`, "fgs", fgsImages());
  }
  await keep(`seed-${SEED}/vanilla/train`, "weights", WEIGHTS);

  const [weights, datasets]: [StoredWeights[], StoredDataset[]] = [[], []];
  const context: ServeContext = {
    state: {
      runs: {
        outline: (id: string) => (id === RUN ? served.run : null),
        output: (id: string, task: string, name: string) =>
          id === RUN ? (outputs.get(`${task} ${name}`) ?? null) : null,
        isWeights: (sha256: string) =>
          sha256 === outputs.get(`seed-${SEED}/vanilla/train weights`) ||
          weights.some((entry) => entry.sha256 === sha256),
      },
      library: {
        addWeights: (entry: StoredWeights) => Promise.resolve(void weights.push(entry)),
        weights: () => weights,
        addDataset: (entry: StoredDataset) => Promise.resolve(void datasets.push(entry)),
      },
    } as unknown as State,
    ...{
      artefacts,
      shareStore: () => shareStore(locks),
      log: createLog(
        () => undefined,
        () => 0,
      ),
      now: () => 0,
      version: "0.1.0",
      code: "c",
    },
    ...{ token: null, hosts: new Set<string>(), origins: new Set<string>(), viewer: null },
    limits: { ...LIMITS, ...limits },
  };
  const app = new Hono<{ Variables: { requestId: string } }>();
  app.onError((error, c) => answerProblem(error, c, context.log));
  for (const routes of [resultRoutes, imageRoutes, weightRoutes, uploadRoutes])
    app.route("/api/v1", routes(context));
  const served: ServedRun = {
    ...{ folder, locks, context, outputs, weights, datasets },
    run: finishedRun(outputs.get("assemble result")!),
    ask: async (path, init) => app.request(`/api/v1${path}`, init),
  };
  return served;
}

function testImages() {
  return writeSafetensors([
    { name: "images", dtype: "U8", shape: [3, 2, 3], data: IMAGES },
    { name: "labels", dtype: "U8", shape: [3], data: Uint8Array.of(0, 1, 1) },
  ]);
}

function deepFoolImages() {
  return writeSafetensors([
    { name: "images", dtype: "F32", shape: [3, 6], data: DEEP_FOOL },
    { name: "labels", dtype: "U8", shape: [3], data: Uint8Array.of(0, 1, 1) },
  ]);
}

function fgsImages() {
  const [predicted, probability] = [Int32Array.of(1, 1, 0), Float32Array.of(0.5, 0.625, 0.75)];
  return writeFgsImages({ count: 3, imageSize: 6, signs: SIGNS, predicted, probability });
}

function finishedRun(resultSha256: string): Run {
  const at = { startedAt: "2026-01-01T00:00:01.000Z", finishedAt: "2026-01-01T00:00:09.000Z" };
  const task = (id: string, kind: string, seconds: number): RunTask => ({
    ...{ id, kind, title: id, state: "finished", needs: [], cost: 1, attempts: 1, share: 1, note: "", ...at },
    ...{ seconds, reused: kind === "train", error: null, epochs: [] },
  });
  const { config, environment, dataset } = smallResult();
  return {
    ...{
      id: RUN,
      name: "small",
      state: "finished",
      tags: [],
      notes: "",
      createdAt: "2026-01-01T00:00:00.000Z",
      ...at,
    },
    ...{ share: 1, error: null, dataset: "synthetic", standIn: false, seeds: 1, resultSha256, headline: [] },
    ...{ epsilonReference: 0.25, config, code: "c", environment, datasetSummary: dataset, eventId: 1 },
    tasks: [
      task("prepare", "prepare", 1),
      task(`seed-${SEED}/pretrain`, "pretrain", 2),
      task(`seed-${SEED}/vanilla/train`, "train", 3.5),
      task("assemble", "assemble", 1),
    ],
  };
}

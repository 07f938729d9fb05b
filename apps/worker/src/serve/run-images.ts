import type { ImageRow, Run } from "@gambeson/contract";
import { readImageRows, type ImageRows } from "@gambeson/experiment/files";
import { modelsOf } from "@gambeson/experiment/plan";
import { Refusal } from "../state/refusal.ts";
import type { ServeContext } from "./serve-context.ts";
import { openTensorArtefact } from "./tensor-file.ts";

/** One model of a run, whose images are asked for. */
export interface ModelOfRun {
  readonly run: Run;
  readonly seed: number;
  readonly model: string;
}

/** Every model of a run, seed by seed, in the order of tables. */
export function modelsOfRun(run: Run): ModelOfRun[] {
  return run.config.seeds.flatMap((seed) => modelsOf(run.config).map(({ id }) => ({ run, seed, model: id })));
}

/**
 * The model that a query names; the run's first where it names none.
 *
 * @throws {Refusal} NOT_FOUND if the run has no such seed or model.
 */
export function chooseModel(
  run: Run,
  wanted: { readonly seed?: number | undefined; readonly model?: string | undefined },
): ModelOfRun {
  const all = modelsOfRun(run);
  const chosen = all.find(
    ({ seed, model }) => seed === (wanted.seed ?? all[0]?.seed) && model === (wanted.model ?? all[0]?.model),
  );
  if (chosen !== undefined) return chosen;
  throw new Refusal(
    "NOT_FOUND",
    `Cannot find the model as it must be one of the run's, of one of its seeds: current value is ${wanted.model ?? "the first"}, seed ${wanted.seed ?? "of the first"}`,
  );
}

/** Which of a run's files images are in. */
const SOURCES = {
  /** The test set itself. */
  test: { task: () => "prepare", output: "testImages" },
  /** What the model said of each image, benign and under DeepFool. */
  rows: { task: taskOf("evaluate"), output: "images" },
  deepFool: { task: taskOf("evaluate"), output: "deepfool" },
  fgs: { task: taskOf("sweep"), output: "fgs" },
} as const;

function taskOf(what: string): (of: ModelOfRun) => string {
  return ({ seed, model }) => `seed-${seed}/${model}/${what}`;
}

/** @returns Its SHA-256. @throws {Refusal} RESULT_NOT_READY as long as its task has not finished. */
export function imageFile({ state }: ServeContext, of: ModelOfRun, source: keyof typeof SOURCES): string {
  const { task, output } = SOURCES[source];
  const sha256 = state.runs.output(of.run.id, task(of), output);
  if (sha256 !== null) return sha256;
  throw new Refusal(
    "RESULT_NOT_READY",
    `Cannot show these images as the task ${task(of)} must have finished: current value is a run that is ${of.run.state}`,
  );
}

/**
 * Makes sure that all is there that `readModelRows` reads: better before an answer has begun.
 *
 * @returns The files' SHA-256.
 * @throws {Refusal} RESULT_NOT_READY, ARTEFACT_MISSING.
 */
export async function requireRows(context: ServeContext, models: readonly ModelOfRun[]): Promise<string[]> {
  const files = models.flatMap((of) => [imageFile(context, of, "rows"), imageFile(context, of, "fgs")]);
  for (const sha256 of files) await context.artefacts.read(sha256, 0, 0);
  return files;
}

/** How a model took every test image, by column. */
export interface ModelRows {
  readonly of: ModelOfRun;
  readonly deepFool: ImageRows;
  readonly fgs: { readonly predicted: Int32Array; readonly probability: Float32Array };
}

/** @throws {Refusal} RESULT_NOT_READY, ARTEFACT_MISSING. */
export async function readModelRows(context: ServeContext, of: ModelOfRun): Promise<ModelRows> {
  const rowsFile = imageFile(context, of, "rows");
  const fgs = await openTensorArtefact(context.artefacts, imageFile(context, of, "fgs"));
  return {
    of,
    deepFool: readImageRows(await context.artefacts.read(rowsFile)),
    fgs: { predicted: await fgs.int32("predicted"), probability: await fgs.float32("probability") },
  };
}

/** @param index Position in the test set. */
export function imageRow({ of: { seed, model }, deepFool, fgs }: ModelRows, index: number): ImageRow {
  const { label, before, probabilityBefore, after, probabilityAfter, fooled, steps, norm, imageNorm } =
    deepFool;
  return {
    ...{ seed, model, index },
    label: label[index]!,
    predicted: before[index]!,
    probability: probabilityBefore[index]!,
    deepFool: {
      predicted: after[index]!,
      probability: probabilityAfter[index]!,
      fooled: fooled[index] === 1,
      steps: steps[index]!,
      norm: norm[index]!,
      rho: imageNorm[index] === 0 ? null : norm[index]! / imageNorm[index]!,
    },
    fgs: { predicted: fgs.predicted[index]!, probability: fgs.probability[index]! },
  };
}

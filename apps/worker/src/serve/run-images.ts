import type { ImageRow } from "@gambeson/contract";
import { readImageRows, type ImageRows } from "@gambeson/experiment/files";
import { Refusal } from "../state/refusal.ts";
import { boundedCache } from "./bounded-cache.ts";
import type { ModelOfRun } from "./model-of-run.ts";
import type { ServeContext } from "./serve-context.ts";
import { tensorOpener, type TensorFile } from "./tensor-file.ts";

/** The files that a run's images are in. What is asked for again and again is kept ready, and given only as long as its file is whole. */
export interface RunImages {
  /** @returns A file's SHA-256. @throws {Refusal} RESULT_NOT_READY as long as its task has not finished. */
  file(of: ModelOfRun, source: keyof typeof SOURCES): string;
  /** @throws {Refusal} ARTEFACT_MISSING. */
  open(sha256: string): Promise<TensorFile>;
  /** @throws {Refusal} RESULT_NOT_READY, ARTEFACT_MISSING. */
  rows(of: ModelOfRun): Promise<ModelRows>;
  /**
   * Makes sure that all is there that `rows` reads: better before an answer has begun.
   *
   * @returns The files' SHA-256.
   * @throws {Refusal} RESULT_NOT_READY, ARTEFACT_MISSING.
   */
  requireRows(models: readonly ModelOfRun[]): Promise<string[]>;
}

/** How a model took every test image, by column. */
export interface ModelRows {
  readonly of: ModelOfRun;
  readonly deepFool: ImageRows;
  readonly fgs: { readonly predicted: Int32Array; readonly probability: Float32Array };
}

/** Models whose rows are kept, and how large a file may be for that: some 44 bytes an image. */
const MODELS_KEPT = 16;
const MOST_KEPT_BYTES = 8 * 1024 * 1024;

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

export function createRunImages({ state, artefacts }: ServeContext): RunImages {
  const open = tensorOpener(artefacts);
  const kept = boundedCache<Omit<ModelRows, "of">>(MODELS_KEPT);

  function file(of: ModelOfRun, source: keyof typeof SOURCES): string {
    const { task, output } = SOURCES[source];
    const sha256 = state.runs.output(of.run.id, task(of), output);
    if (sha256 !== null) return sha256;
    throw new Refusal(
      "RESULT_NOT_READY",
      `Cannot show these images as the task ${task(of)} must have finished: current value is a run that is ${of.run.state}`,
    );
  }
  async function readRows(deepFool: string, fgs: string): Promise<Omit<ModelRows, "of">> {
    const tensors = await open(fgs);
    return {
      deepFool: readImageRows(await artefacts.read(deepFool)),
      fgs: { predicted: await tensors.int32("predicted"), probability: await tensors.float32("probability") },
    };
  }

  return {
    file,
    open,
    rows: async (of) => {
      const [deepFool, fgs] = [file(of, "rows"), file(of, "fgs")];
      await artefacts.requireWhole(fgs);
      const isSmall = (await artefacts.requireWhole(deepFool)) <= MOST_KEPT_BYTES;
      const read = () => readRows(deepFool, fgs);
      return { of, ...(await (isSmall ? kept(`${deepFool} ${fgs}`, read) : read())) };
    },
    requireRows: async (models) => {
      const files = models.flatMap((of) => [file(of, "rows"), file(of, "fgs")]);
      for (const sha256 of files) await artefacts.requireWhole(sha256);
      return files;
    },
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

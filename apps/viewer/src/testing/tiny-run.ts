import type { Client, DatasetFiles } from "@gambeson/client";
import type { ExperimentConfigInput, Result, RunState, RunSummary } from "@gambeson/contract";

const SIZE = 8;
const CLASSES = 4;

/** Uploads images in which a bright row, a class' own, shows what they are. @returns The data set's name. */
export async function uploadTinyImages(client: Client, title = "Tiny"): Promise<string> {
  const { name } = await client.datasets.upload(tinyFiles(), { title });
  return name;
}

/** Four IDX files: 120 training images and 40 test images of 8 x 8 pixels, in 4 classes. */
export function tinyFiles(): DatasetFiles {
  const [train, test] = [split(120), split(40)];
  return {
    "train-images": train.images,
    "train-labels": train.labels,
    "test-images": test.images,
    "test-labels": test.labels,
  };
}

export interface TinyRunOptions {
  readonly name: string;
  /** Of pre-training. Default: so few that it takes about a second. */
  readonly epochs?: number;
  /** Of pre-training, which takes the longer the smaller its batches are. */
  readonly batchSize?: number;
  readonly tags?: string[];
  /** Replaces keys of the config. */
  readonly config?: ExperimentConfigInput;
}

/** For a run that nobody waits for the end of: it would take minutes. */
export const ENDLESS = { epochs: 1000, batchSize: 1, config: { model: { hidden: [10_000] } } };

/** Submits a run that, but for an endless one, trains for some seconds at most. */
export async function submitTinyRun(
  client: Client,
  dataset: string,
  { name, epochs = 2, batchSize = 20, tags = [], config = {} }: TinyRunOptions,
): Promise<RunSummary> {
  const { run } = await client.runs.submit({
    name,
    tags,
    fresh: true,
    config: {
      dataset: { name: dataset },
      model: { hidden: [16] },
      pretraining: { epochs, batchSize, learningRate: 0.01 },
      regimes: [
        { kind: "vanilla", epochs: 1 },
        { kind: "deep-defense", epochs: 1 },
      ],
      evaluation: { curve: { points: 5 }, samples: { count: 2 } },
      ...config,
    },
  });
  return run;
}

/** Submits a tiny run. @returns What came out of it, once it has finished. */
export async function finishTinyRun(
  client: Client,
  dataset: string,
  options: TinyRunOptions,
): Promise<{ readonly id: string; readonly result: Result }> {
  const { id } = await submitTinyRun(client, dataset, options);
  await untilRunIs(client, id, "finished");
  return { id, result: await client.runs.result(id) };
}

/** Waits for a run to get there. @throws {Error} If it ends otherwise. */
export async function untilRunIs(client: Client, id: string, wanted: RunState): Promise<void> {
  for (;;) {
    const { state, error } = await client.runs.get(id);
    if (state === wanted) return;
    if (["finished", "failed", "cancelled"].includes(state))
      throw new Error(`the run has ${state}: ${error}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function split(count: number): {
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
} {
  // Every seventh has a wrong label, so that no model is right everywhere.
  const labels = Uint8Array.from(
    { length: count },
    (_, image) => (image + (image % 7 === 3 ? 1 : 0)) % CLASSES,
  );
  const pixels = Uint8Array.from({ length: count * SIZE * SIZE }, (_, at) => {
    const row = Math.floor(at / SIZE) % SIZE;
    const shown = Math.floor(at / (SIZE * SIZE)) % CLASSES;
    return ((at * 37) % 61) + (Math.floor((row * CLASSES) / SIZE) === shown ? 120 : 0);
  });
  return { images: idx([count, SIZE, SIZE], pixels), labels: idx([count], labels) };
}

/** An IDX file of unsigned bytes: magic, sizes, data. */
function idx(sizes: readonly number[], data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + 4 * sizes.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + sizes.length);
  for (const [index, size] of sizes.entries()) view.setUint32(4 + 4 * index, size);
  bytes.set(data, 4 + 4 * sizes.length);
  return bytes;
}

import type { Client } from "@gambeson/client";
import type { RunSummary } from "@gambeson/contract";

const SIZE = 8;
const CLASSES = 4;

/** Uploads images in which a bright row, a class' own, shows what they are. @returns The data set's name. */
export async function uploadTinyImages(client: Client): Promise<string> {
  const [train, test] = [split(120), split(40)];
  const { name } = await client.datasets.upload(
    {
      "train-images": train.images,
      "train-labels": train.labels,
      "test-images": test.images,
      "test-labels": test.labels,
    },
    { title: "Tiny" },
  );
  return name;
}

/** Submits a run that trains for some seconds. */
export async function submitTinyRun(
  client: Client,
  dataset: string,
  name: string,
  epochs: number,
): Promise<RunSummary> {
  const { run } = await client.runs.submit({
    name,
    fresh: true,
    config: {
      dataset: { name: dataset },
      model: { hidden: [16] },
      pretraining: { epochs, batchSize: 20, learningRate: 0.01 },
      regimes: [
        { kind: "vanilla", epochs: 1 },
        { kind: "deep-defense", epochs: 1 },
      ],
      evaluation: { curve: { points: 5 }, samples: { count: 2 } },
    },
  });
  return run;
}

function split(count: number): {
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
} {
  const labels = Uint8Array.from({ length: count }, (_, image) => image % CLASSES);
  const pixels = Uint8Array.from({ length: count * SIZE * SIZE }, (_, at) => {
    const row = Math.floor(at / SIZE) % SIZE;
    const label = labels[Math.floor(at / (SIZE * SIZE))]!;
    return ((at * 37) % 61) + (Math.floor((row * CLASSES) / SIZE) === label ? 120 : 0);
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

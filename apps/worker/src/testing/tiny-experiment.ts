import { join } from "node:path";
import { temporaryFolder } from "./temporary-folder.ts";

/** Images of `size` x `size` pixels in four classes: a bright band in one of four places, and noise. */
const SIZE = 12;
const CLASSES = 4;

/** An experiment of a second or two: every task of the report's, on 240 images of a folder beside it. */
export const TINY = {
  name: "tiny",
  title: "Tiny",
  dataset: { name: "./data" },
  model: { hidden: [16] },
  pretraining: { epochs: 4, batchSize: 20, learningRate: 0.01 },
  regimes: [
    { kind: "vanilla", epochs: 2, batchSize: 20 },
    { kind: "fine-tuned", epochs: 2, batchSize: 20 },
    { kind: "deep-defense", epochs: 2, batchSize: 20 },
  ],
  evaluation: { curve: { points: 5 }, samples: { count: 2 } },
};

/** A folder of a test's own, with `tiny.json` and the images in `data/`. */
export function tinyFolder(): string {
  const folder = temporaryFolder();
  writeTinyData(join(folder, "data"));
  Deno.writeTextFileSync(join(folder, "tiny.json"), JSON.stringify(TINY));
  return folder;
}

/** The images alone, as IDX files in a folder that is still to be made. */
export function writeTinyData(folder: string): void {
  Deno.mkdirSync(folder);
  writeSplit(folder, "train", 200, 1);
  writeSplit(folder, "t10k", 40, 2);
}

function writeSplit(folder: string, split: string, count: number, seed: number): void {
  let state = seed;
  const noise = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 25;
  const labels = Uint8Array.from({ length: count }, (_, image) => image % CLASSES);
  const pixels = Uint8Array.from({ length: count * SIZE * SIZE }, (_, at) => {
    const row = Math.floor(at / SIZE) % SIZE;
    const band = Math.floor((row * CLASSES) / SIZE);
    return noise() + (band === labels[Math.floor(at / (SIZE * SIZE))] ? 40 : 0);
  });
  Deno.writeFileSync(join(folder, `${split}-images-idx3-ubyte`), idx(3, [count, SIZE, SIZE], pixels));
  Deno.writeFileSync(join(folder, `${split}-labels-idx1-ubyte`), idx(1, [count], labels));
}

/** An IDX file of unsigned bytes: magic, sizes, data. */
export function idx(rank: number, sizes: readonly number[], data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + rank);
  sizes.forEach((size, index) => {
    view.setUint32(4 + 4 * index, size);
  });
  bytes.set(data, 4 + 4 * sizes.length);
  return bytes;
}

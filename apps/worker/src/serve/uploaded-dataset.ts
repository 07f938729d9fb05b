import { createHash } from "node:crypto";
import { DATASET_PARTS } from "@gambeson/contract";
import { parseIdxLabels } from "@gambeson/datasets";
import { Refusal } from "../state/refusal.ts";
import type { StoredDataset } from "../state/state.ts";
import type { ArtefactFiles } from "./artefact-files.ts";
import { checkIdx } from "./check-idx.ts";

export type DatasetParts = Readonly<Record<(typeof DATASET_PARTS)[number], string>>;

/** As many images as a config may ask for. */
const MOST_IMAGES = 10_000_000;

/**
 * Puts four uploaded IDX files together as a data set.
 *
 * @param parts SHA-256 of each file's content.
 * @returns With a name that the files decide.
 * @throws {Refusal} FILE_INVALID if one is not there, or they do not fit each other.
 */
export async function uploadedDataset(
  title: string,
  parts: DatasetParts,
  artefacts: ArtefactFiles,
): Promise<StoredDataset> {
  const train = await readSplit("train", parts, artefacts);
  const test = await readSplit("test", parts, artefacts);
  if (train.height !== test.height || train.width !== test.width) {
    throw invalid(
      "training and test images must have one size",
      `${train.height}x${train.width} and ${test.height}x${test.width}`,
    );
  }
  const digest = createHash("sha256").update(DATASET_PARTS.map((part) => parts[part]).join(""));
  return {
    name: `upload-${digest.digest("hex").slice(0, 16)}`,
    title,
    train: train.count,
    test: test.count,
    height: train.height,
    width: train.width,
    classCount: countClasses(train.labels, test.labels),
    parts: { ...parts },
  };
}

async function readSplit(split: "train" | "test", parts: DatasetParts, artefacts: ArtefactFiles) {
  const images = await layoutOf(`${split}-images`, parts, artefacts);
  const labels = await layoutOf(`${split}-labels`, parts, artefacts);
  if (images.holds !== "images") throw invalid(`${split}-images must hold images`, "labels");
  if (labels.holds !== "labels") throw invalid(`${split}-labels must hold labels`, "images");
  const [count, height, width] = images.sizes;
  if (count > MOST_IMAGES)
    throw invalid(`${split}-images must hold at most ${MOST_IMAGES} images`, `${count}`);
  if (labels.sizes[0] !== count) {
    throw invalid(
      `${split}-labels must hold one label an image`,
      `${count} images, ${labels.sizes[0]} labels`,
    );
  }
  const name = `${split}-labels` as const;
  return { count, height, width, labels: parseIdxLabels(await artefacts.read(parts[name]), name) };
}

async function layoutOf(part: keyof DatasetParts, parts: DatasetParts, artefacts: ArtefactFiles) {
  const sha256 = parts[part];
  const size = await artefacts.size(sha256);
  if (size === null) throw invalid(`${part} must have been uploaded before`, sha256);
  return checkIdx({ size, read: (from, to) => artefacts.read(sha256, from, to) }, part);
}

/** Classes run from 0 to the largest label, and each must have a training image: one stray label would make hundreds. */
function countClasses(train: Uint8Array, test: Uint8Array): number {
  const present = new Set(train);
  const largest = test.reduce((most, label) => Math.max(most, label), Math.max(...present));
  if (largest === 0) throw invalid("there must be at least two classes", "1");
  for (let label = 0; label <= largest; label++) {
    if (!present.has(label)) {
      throw invalid(
        `every class from 0 to the largest label, ${largest}, must have a training image`,
        `none of ${label}`,
      );
    }
  }
  return largest + 1;
}

function invalid(must: string, value: string): Refusal {
  return new Refusal(
    "FILE_INVALID",
    `Cannot use these files as a data set as ${must}: current value is ${value}`,
  );
}

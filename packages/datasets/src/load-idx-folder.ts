import type { DatasetFiles } from "./dataset-files.ts";
import type { Dataset, DatasetSplit } from "./dataset.ts";
import { DatasetUnavailableError } from "./dataset-unavailable-error.ts";
import { findIdxFile, idxFileNames, readIdxFile } from "./idx-file.ts";
import { parseIdxImages, parseIdxLabels } from "./parse-idx.ts";
import { pairImages } from "./pair-images.ts";
import { sha256 } from "./sha256.ts";

/** Most bytes one uncompressed file of a user's own data set may have: 1 GiB. */
const MOST_BYTES = 2 ** 30;
const MOST_CLASSES = 256;

/**
 * Loads a user's own data set: a folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and
 * t10k-labels-idx1-ubyte, each gzipped (.gz) or plain, "-" or "." before "idx". An optional classes.txt names the classes, one
 * a line, and so counts them; without it they are "class 0" to the largest label, and each must have a training image, as one stray
 * label would make hundreds of classes.
 *
 * @throws {DatasetUnavailableError} If a file is missing.
 * @throws {SyntaxError | RangeError} If a file is damaged, two files disagree, or there are fewer than two classes.
 */
export async function loadIdxFolder(folder: string, files: DatasetFiles): Promise<Dataset> {
  const path = folder.replace(/(?<=.)[/\\]+$/, "");
  const train = await readSplit(files, path, "train");
  const test = await readSplit(files, path, "t10k");
  if (train.images.height !== test.images.height || train.images.width !== test.images.width) {
    throw new RangeError(
      `Cannot use ${path} as its training and test images must have one size: current value is ` +
        `${train.images.height}x${train.images.width} and ${test.images.height}x${test.images.width}`,
    );
  }
  const classNames =
    (await readClassNames(files, `${path}/classes.txt`)) ?? numberedClasses(path, train.labels, test.labels);
  if (classNames.length < 2) {
    throw new RangeError(
      `Cannot use ${path} as it must have at least two classes: current value is ${classNames.length}`,
    );
  }
  const name = path.split(/[/\\]/).pop() ?? path;
  return {
    name,
    title: `IDX folder ${name}`,
    classNames,
    height: train.images.height,
    width: train.images.width,
    train: pairSplit(train, classNames.length, `training images of ${path}`),
    test: pairSplit(test, classNames.length, `test images of ${path}`),
    synthetic: false,
    warning: null,
  };
}

type ReadSplit = Awaited<ReturnType<typeof readSplit>>;

async function readSplit(files: DatasetFiles, folder: string, split: "train" | "t10k") {
  const images = await readFile(files, folder, `${split}-images-idx3-ubyte`);
  const labels = await readFile(files, folder, `${split}-labels-idx1-ubyte`);
  return {
    images: parseIdxImages(images.content, images.path),
    labels: parseIdxLabels(labels.content, labels.path),
    imagesSha256: await sha256(images.content),
    labelsSha256: await sha256(labels.content),
  };
}

async function readFile(files: DatasetFiles, folder: string, stem: string) {
  const path = await findIdxFile(files, folder, stem);
  if (path === null) {
    throw new DatasetUnavailableError(
      `Cannot load the data set in ${folder} as it must hold one of ${idxFileNames(stem).join(", ")}: current value is none`,
    );
  }
  return { path, content: await readIdxFile(files, path, MOST_BYTES) };
}

function pairSplit(split: ReadSplit, classCount: number, name: string): DatasetSplit {
  const { imagesSha256, labelsSha256 } = split;
  return { ...pairImages(split.images, split.labels, classCount, name), imagesSha256, labelsSha256 };
}

/** "class 0" to the largest label. */
function numberedClasses(path: string, train: Uint8Array, test: Uint8Array): string[] {
  const largest = [train, test].reduce((most, labels) => labels.reduce((a, b) => Math.max(a, b), most), 0);
  const present = new Set(train);
  const names = Array.from({ length: largest + 1 }, (_, index) => `class ${index}`);
  const empty = names.findIndex((_, label) => !present.has(label));
  if (empty === -1) return names;
  throw new RangeError(
    `Cannot use ${path} as every class from 0 to its largest label, ${largest}, must have a training image: current value has ` +
      `none of class ${empty} (where that is meant, a classes.txt must name every class, the empty ones too)`,
  );
}

/** Null when there is no such file. */
async function readClassNames(files: DatasetFiles, path: string): Promise<string[] | null> {
  const bytes = await files.read(path);
  if (bytes === null) return null;
  const lines = new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .split("\n")
    .map((line) => line.trim());
  const wrong = lines.findIndex((line) => line === "" || line.length > 100 || /\p{Cc}/u.test(line));
  if (wrong !== -1) {
    throw new SyntaxError(
      `Cannot read ${path} as every line must be a class name of 1 to 100 characters: current value of line ${wrong + 1} is not`,
    );
  }
  if (lines.length > MOST_CLASSES) {
    throw new RangeError(
      `Cannot read ${path} as it must name at most ${MOST_CLASSES} classes: current value is ${lines.length}`,
    );
  }
  return lines;
}

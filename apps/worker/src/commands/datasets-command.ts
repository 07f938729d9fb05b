import { DATASETS, locateDataset, type DatasetLocation } from "@gambeson/datasets";
import { checkFolder } from "../disk/check-folder.ts";
import type { CommandHost } from "./command-host.ts";
import { datasetFiles } from "../disk/dataset-files.ts";
import { findPlaces, shown, type PlaceOptions } from "./places.ts";

/** `gambeson datasets`: which there are, and where each would come from. Opens no file and fetches nothing. */
export async function datasetsCommand(options: PlaceOptions, { stdout, env }: CommandHost): Promise<void> {
  const { dataDir, dataDirFrom, downloads } = findPlaces(options, env);
  if (dataDir !== null) await checkFolder(`look for data sets in ${dataDir} (${dataDirFrom})`, dataDir);
  for (const [name, { title, height, width, classNames, train, test }] of Object.entries(DATASETS)) {
    const location = await locateDataset(name as keyof typeof DATASETS, {
      files: datasetFiles,
      dataDir,
      cacheDir: downloads,
      fetch: (address, init) => fetch(address, init),
    });
    const count = (images: number) => images.toLocaleString("en-US");
    stdout.write(`${stdout.paint("bold", name)}  ${title}\n`);
    stdout.write(`  ${count(train)} training and ${count(test)} test images, ${height}x${width} grey\n`);
    stdout.write(`  ${classNames.length} classes: ${classNames.join(", ")}\n`);
    stdout.write(`  ${describe(location)}\n\n`);
  }
  stdout.write(
    "auto  is Fashion-MNIST where it can be had, else the synthetic set with a warning.\n" +
      "A folder's path (./my-data) is read as IDX files: train-images-idx3-ubyte, train-labels-idx1-ubyte,\n" +
      "t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each plain or .gz; class names from classes.txt if there is one.\n",
  );
}

function describe(location: DatasetLocation): string {
  switch (location.kind) {
    case "drawn":
      return "Drawn by code; needs no files";
    case "found":
      return `Here: ${shown(location.folder)}`;
    case "download":
      return `Not here; ${(location.bytes / 1e6).toFixed(0)} MB would be downloaded to ${shown(location.folder)}`;
    case "unusable":
      return location.reason;
    case "unavailable":
      return "Not here";
  }
}

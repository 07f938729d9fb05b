import { DATASETS } from "@gambeson/datasets";
import type { CommandHost } from "./command-host.ts";
import { obtainDataset } from "./obtain-dataset.ts";
import { findPlaces, type PlaceOptions } from "./places.ts";
import { UsageError } from "./usage-error.ts";

/** `gambeson datasets fetch <name>`: downloads an official data set, unless it is here already. */
export async function datasetsFetchCommand(
  name: string,
  options: PlaceOptions,
  host: CommandHost,
): Promise<void> {
  const official = Object.values(DATASETS).flatMap((dataset) =>
    dataset.kind === "official" ? [dataset.name] : [],
  );
  if (!official.includes(name)) {
    throw new UsageError(
      `Cannot fetch the data set as its name must be one of ${official.join(", ")}: current value is "${name}"`,
    );
  }
  const { dataset } = await obtainDataset(name, findPlaces(options, host.env), host);
  host.stderr.write(`${dataset.title} is here\n`);
}

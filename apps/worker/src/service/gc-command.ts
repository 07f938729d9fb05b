import type { CommandHost } from "../commands/command-host.ts";
import { findPlaces, shown, type PlaceOptions } from "../commands/places.ts";
import { readNumber } from "../commands/read-number.ts";
import { collectGarbage } from "../disk/collect-garbage.ts";
import { ownStore } from "../disk/in-use.ts";
import { openState } from "../state/open-state.ts";

export interface GcOptions extends PlaceOptions {
  readonly olderThan: string;
  readonly dryRun?: boolean;
}

const HOUR_MS = 3_600_000;
/** Tasks are short enough that between two of them there is a moment for this. */
const PATIENCE_MS = 30_000;

/** `gambeson gc`: removes what no run refers to. */
export async function gcCommand(
  options: GcOptions,
  { env, now, stdout, stderr }: CommandHost,
): Promise<void> {
  const hours = readNumber("--older-than", options.olderThan, 0);
  const { state: folder } = findPlaces(options, env);
  const store = await ownStore(folder, PATIENCE_MS);
  if (store === null) {
    throw new Error(
      `Cannot remove anything in ${shown(folder)} as no task may be at work there: current value has one; try again later`,
    );
  }
  try {
    const state = await openState(folder, {
      now,
      onNote: (message) => {
        stderr.write(`Note: ${message}\n`);
      },
    });
    try {
      const dryRun = options.dryRun === true;
      const { artefacts, keys } = state.runs.references();
      const { files, bytes } = await collectGarbage(folder, {
        artefacts,
        keys,
        before: now() - hours * HOUR_MS,
        dryRun,
      });
      const lines = dryRun ? 0 : state.events.forgetProgress();
      const what = `${files} ${files === 1 ? "file" : "files"}, ${(bytes / 1e6).toFixed(1)} MB`;
      stdout.write(
        dryRun
          ? `Would remove ${what}\n`
          : `Removed ${what}, and ${lines} progress lines of runs that have ended\n`,
      );
    } finally {
      state.close();
    }
  } finally {
    store.close();
  }
}

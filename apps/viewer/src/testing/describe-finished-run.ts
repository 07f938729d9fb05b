import type { ExperimentConfigInput, ModelResult, Result } from "@gambeson/contract";
import { beforeAll } from "vitest";
import { describeInABrowser, type Surroundings } from "./describe-in-a-browser.ts";
import type { OpenPage, OpenPageOptions } from "./open-page.ts";
import { finishTinyRun, uploadTinyImages } from "./tiny-run.ts";

/** A run that has finished, and its page. */
export interface FinishedRun {
  readonly surroundings: Surroundings;
  readonly id: string;
  readonly result: Result;
  /** Those of its one seed. */
  readonly models: readonly ModelResult[];
  /** Its page, once all of it is there. */
  open(query?: string, options?: OpenPageOptions): Promise<OpenPage>;
}

const CONFIG: ExperimentConfigInput = {
  title: "Tiny models",
  regimes: [
    { kind: "vanilla", epochs: 1 },
    { kind: "fine-tuned", epochs: 1 },
    { kind: "deep-defense", epochs: 2 },
  ],
  evaluation: { curve: { points: 9 }, samples: { count: 3 } },
};

/** Tests in a browser of the page of a run, called "Finished", that has finished. */
export function describeFinishedRun(name: string, tests: (run: FinishedRun) => void): void {
  describeInABrowser(name, (surroundings) => {
    let finished: { readonly id: string; readonly result: Result };

    beforeAll(async () => {
      const { client } = surroundings.service;
      const dataset = await uploadTinyImages(client);
      finished = await finishTinyRun(client, dataset, { name: "Finished", config: CONFIG });
    });

    tests({
      surroundings,
      get id() {
        return finished.id;
      },
      get result() {
        return finished.result;
      },
      get models() {
        return finished.result.seeds[0]!.models;
      },
      open: async (query = "", options = {}) => {
        const opened = await surroundings.open(`/runs/${finished.id}${query}`, options);
        await opened.page.getByRole("heading", { level: 3, name: "Methods" }).waitFor();
        const images = opened.page.locator("gambeson-image-panel").getByRole("status");
        await images.filter({ hasText: / test images/ }).waitFor();
        return opened;
      },
    });
  });
}

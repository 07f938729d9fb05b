import process from "node:process";
import type { ExperimentConfigInput } from "@gambeson/contract";
import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { faultsInAllAppearances } from "../testing/faults.ts";
import { ENDLESS, finishTinyRun, submitTinyRun, untilRunIs, uploadTinyImages } from "../testing/tiny-run.ts";

/** What Chromium says of answers that tests replace by failures. */
const MADE_TO_FAIL = [/^answer (404|500): /, /^error: Failed to load resource: /];
const LABELS = ["Fine-tuned on a long name that wraps where there is little room", "Deep Defense"] as const;

describeInABrowser(
  "everybody can read",
  (here) => {
    let dataset: string;
    const ids = { RUN: "", OTHER: "", CANCELLED: "", FAILED: "" };

    beforeAll(async () => {
      const { client } = here.service;
      dataset = await uploadTinyImages(client);
      const config: ExperimentConfigInput = {
        regimes: [
          { kind: "vanilla", epochs: 1 },
          { kind: "fine-tuned", label: LABELS[0], epochs: 1 },
          { kind: "deep-defense", label: LABELS[1], epochs: 1 },
        ],
      };
      const run = { name: "A run with a name of some length", tags: ["nightly", "tag with words"], config };
      ({ id: ids.RUN } = await finishTinyRun(client, dataset, run));
      ({ id: ids.OTHER } = await finishTinyRun(client, dataset, {
        name: "Another",
        config: { seeds: [1, 2] },
      }));
      await client.runs.change(ids.RUN, { notes: "Notes\nof two lines" });
      ({ id: ids.CANCELLED } = await submitTinyRun(client, dataset, { name: "Cancelled", ...ENDLESS }));
      await client.runs.cancel(ids.CANCELLED);
      ({ id: ids.FAILED } = await submitTinyRun(client, dataset, { name: "Failed", ...ENDLESS }));
      await untilEpoch(ids.FAILED);
      process.kill(here.service.workerPid(), "SIGKILL");
      await untilRunIs(client, ids.FAILED, "failed");
    });

    async function untilEpoch(id: string): Promise<void> {
      while (!(await here.service.client.runs.get(id)).tasks.some(({ epochs }) => epochs.length > 0)) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }

    const address = (path: string) =>
      path.replace(/RUN|OTHER|CANCELLED|FAILED/g, (name) => ids[name as keyof typeof ids]);

    test.each([
      ["the list of runs", "/", "Another"],
      [
        "the list with a filter and runs picked",
        "/?state=finished&pick=RUN,OTHER&sort=name",
        "2 runs picked",
      ],
      ["the list where nothing fits", "/?q=nothing+is+called+so", "Show all runs"],
      ["the form", "/new?preset=report", /^Takes about /],
      ["a finished run", "/runs/RUN", "To make these numbers again"],
      [
        "a finished run, all classes, differences",
        "/runs/RUN?all=true&difference=true&images=own&zoom=true",
        "To make these numbers again",
      ],
      ["a finished run of two seeds", "/runs/OTHER", "To make these numbers again"],
      ["a cancelled run", "/runs/CANCELLED", "cancelled"],
      ["a failed run", "/runs/FAILED", /Cannot finish the task/],
      ["no such run", "/runs/r0000000000000000000", "There is no such run"],
      ["the comparison of nothing", "/compare", "Compare"],
      ["the comparison", "/compare?runs=RUN,OTHER", LABELS[0]],
      ["the playground", "/play?run=RUN", LABELS[0]],
      ["the playground with DeepFool", "/play?run=RUN&attack=deepfool", LABELS[0]],
      ["the playground with a picture of one's own", "/play?run=RUN&source=upload", "Picture file"],
      ["the playground with a drawing", "/play?run=RUN&source=drawing", "Undo"],
      ["no such page", "/nothing", "No such page"],
    ])("%s", async (_, path, wanted) => {
      const { page, close } = await here.open(address(path), { mayGoWrong: MADE_TO_FAIL });
      await page.getByText(wanted).filter({ visible: true }).first().waitFor();
      await settled(page);
      expect(await faultsInAllAppearances(page)).toEqual([]);
      await close();
    });

    test("the form with something wrong", async () => {
      const { page, close } = await here.open("/new?preset=quick");
      await page.getByRole("textbox", { name: "Hidden layers" }).fill("none");
      await page.locator("[aria-invalid=true]").waitFor();
      expect(await faultsInAllAppearances(page)).toEqual([]);
      await close();
    });

    test("a run under way, and the list with it", async () => {
      const { id } = await submitTinyRun(here.service.client, dataset, { name: "Under way", ...ENDLESS });
      const { page, close } = await here.open(`/runs/${id}`);
      await page
        .getByRole("log")
        .getByText(/epoch 2, loss/)
        .first()
        .waitFor();
      expect(await faultsInAllAppearances(page)).toEqual([]);
      await page.getByRole("main").getByRole("link", { name: "All runs" }).click();
      await page.getByRole("progressbar", { name: "Progress of Under way" }).waitFor();
      expect(await faultsInAllAppearances(page)).toEqual([]);
      await close();
      await here.service.client.runs.cancel(id);
    });

    test("the dialogs and the help", async () => {
      const { page, close } = await here.open("/");
      await page.getByRole("button", { name: "Edit: Another" }).click();
      expect(await faultsInAllAppearances(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Delete: Another" }).click();
      expect(await faultsInAllAppearances(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Help/ }).click();
      expect(await faultsInAllAppearances(page)).toEqual([]);
      await close();
    });

    test("nothing moves for who wants no motion", async () => {
      const { page, close } = await here.open(address("/play?run=RUN&attack=deepfool"), {
        reducedMotion: "reduce",
      });
      await page.getByText(LABELS[0]).first().waitFor();
      const moving = await page.evaluate(
        () => document.getAnimations().filter(({ playState }) => playState === "running").length,
      );
      expect(moving).toBe(0);
      await close();
    });
  },
  // A task whose worker died once has failed. It counts as dead once it has been silent for longer than a busy machine keeps it so.
  { args: ["--attempts", "1", "--lease", "8"] },
);

/** Once nothing is being loaded any more. */
async function settled(page: Page): Promise<void> {
  const loading = page.getByRole("status").filter({ hasText: /^\s*(Loading|Attacking|Estimating)/ });
  await expect.poll(() => loading.count()).toBe(0);
}

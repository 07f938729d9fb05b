import type { ExperimentConfigInput, ImageRow, ModelResult } from "@gambeson/contract";
import { grayPng } from "@gambeson/report";
import type { Locator, Page } from "playwright";
import { beforeAll, describe, expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { SERVER_GONE } from "../testing/open-page.ts";
import { saveAll } from "../testing/saved-files.ts";
import { finishTinyRun, uploadTinyImages } from "../testing/tiny-run.ts";

/** The page computes as the worker did, in 32 bits, but not in the same order. */
const RELATIVE = 1e-3;

describeInABrowser("the playground", (here) => {
  let id: string;
  let models: readonly ModelResult[];

  test("says what to do while no run has finished", async () => {
    const { page, close } = await here.open("/play");
    await page.getByRole("heading", { level: 1, name: "Playground" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: /start/i }).first().waitFor();
    await close();
  });

  describe("with a run", () => {
    beforeAll(async () => {
      const dataset = await uploadTinyImages(here.service.client);
      const finished = await finishTinyRun(here.service.client, dataset, { name: "To play with" });
      ({ id } = finished);
      models = finished.result.seeds[0]!.models;
    });

    const open = async (query = "") => {
      const opened = await here.open(`/play?run=${id}${query}`);
      await article(opened.page, "Deep Defense").waitFor();
      return opened;
    };

    /** What the server knows of a test image, model by model. */
    const known = (index: number): Promise<readonly ImageRow[]> =>
      Promise.all(
        models.map(async (model) => {
          const { images } = await here.service.client.runs.images(id, {
            model: model.id,
            from: index,
            limit: 1,
          });
          return images[0]!;
        }),
      );

    test("without an attack says what the server says; a large one changes the words", async () => {
      const { page, close } = await open("&image=1");
      const slider = page.getByRole("slider", { name: /Strength/ });
      await slider.focus();
      await page.keyboard.press("Home");
      await page.getByText("ε 0.0000").first().waitFor();
      await upToDate(page);
      for (const [at, row] of (await known(1)).entries()) {
        const words = await verdict(page, models[at]!.label);
        expect(words).toMatch(new RegExp(`^(holds: |wrong without any attack → )class ${row.predicted} `));
        expect(shareIn(words)).toBeCloseTo(100 * row.probability, 0);
      }
      await page.keyboard.press("End");
      await article(page, "Vanilla")
        .getByText(/^fooled → class \d/)
        .waitFor();
      await expect.poll(() => new URL(page.url()).searchParams.get("epsilon")).toBe("0.3");
      await upToDate(page);
      const words = await verdict(page, "Vanilla");
      await page.reload();
      await article(page, "Vanilla").waitFor();
      await expect.poll(() => verdict(page, "Vanilla")).toBe(words);
      await close();
    });

    test("finds the same as the server by DeepFool: class and |Δx|/|x|", async () => {
      const { page, close } = await open("&attack=deepfool&image=0");
      for (let index = 0; index < 6; index++) {
        await page.getByRole("img", { name: new RegExp(`^Test image ${index}: `) }).waitFor();
        for (const [at, row] of (await known(index)).entries()) {
          const box = article(page, models[at]!.label);
          await expect
            .poll(async () => Math.abs((await rhoIn(box)) / row.deepFool.rho! - 1))
            .toBeLessThan(RELATIVE);
          expect(await verdict(page, models[at]!.label)).toContain(`→ class ${row.deepFool.predicted} `);
        }
        if (index < 5) await page.getByRole("button", { name: "Next", exact: true }).click();
      }
      await close();
    });

    test("walks DeepFool's steps, by hand and by itself", async () => {
      const { page, close } = await open("&attack=deepfool&image=1");
      const slider = page.getByRole("slider", { name: /^Step/ });
      await slider.focus();
      const last = await slider.getAttribute("max");
      await page.keyboard.press("Home");
      await page.getByText(`Step 0 of ${last}`).first().waitFor();
      expect(await rhoIn(article(page, "Vanilla"))).toBe(0);
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => rhoIn(article(page, "Vanilla"))).toBeGreaterThan(0);
      await page.keyboard.press("Home");
      await page.getByRole("button", { name: "Play the steps" }).click();
      await page.getByText(`Step ${last} of ${last}`).first().waitFor();
      await page.getByRole("button", { name: "Play the steps" }).waitFor();
      await close();
    });

    test("may use threads, and says how long an attack took", async () => {
      const { page, close } = await open("&image=2");
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      const line = page.getByText(/^WASM, SIMD, 1 thread .*; last attack [\d.,]+ ms for 3 models/);
      await line.waitFor();
      await page.getByRole("slider", { name: /Strength/ }).focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowLeft");
      console.log(`the playground: ${await line.innerText()}`);
      await close();
    });

    test("saves its charts and maps", async () => {
      const { page, close } = await open("&attack=deepfool");
      const maps = page.getByRole("img", { name: /^Classes around the image, / });
      await expect.poll(() => maps.count()).toBe(models.length);
      const files = await saveAll(page, page.getByRole("main"));
      expect(files.filter(({ form }) => form === "SVG").length).toBeGreaterThanOrEqual(4);
      await close();
    });

    test("goes to another image by its number, and back by the back key", async () => {
      const { page, close } = await open();
      await page.getByLabel("Position").fill("17");
      await page.keyboard.press("Enter");
      await page.getByRole("img", { name: /^Test image 17: / }).waitFor();
      await page.goBack();
      await page.getByRole("img", { name: /^Test image 0: / }).waitFor();
      await close();
    });

    test("refuses a file that is no picture in words", async () => {
      const { page, close } = await here.open(`/play?run=${id}&source=upload`);
      const file = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("words") };
      await page.getByLabel("Picture file").setInputFiles(file);
      await page.getByRole("alert").filter({ hasText: "notes.txt" }).waitFor();
      await close();
    });

    test("keeps a drawing and its class in the address, and says that it cannot keep an upload", async () => {
      const { page, close } = await here.open(`/play?run=${id}&source=drawing&class=1`);
      const sheet = page.getByRole("application", { name: /^Sheet to draw on/ });
      await sheet.focus();
      await page.keyboard.press("Space");
      for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowRight");
      const drawn = () =>
        sheet.locator("canvas").evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
      const before = await drawn();
      await page.reload();
      await expect.poll(drawn).toBe(before);
      await article(page, "Vanilla").waitFor();
      await upToDate(page);
      const words = await verdict(page, "Vanilla");
      const link = new URL(page.url());
      expect(link.searchParams.get("drawing")).not.toBe(null);
      const other = await here.open(link.pathname + link.search);
      await expect.poll(() => verdict(other.page, "Vanilla")).toBe(words);
      expect(await other.page.getByRole("combobox", { name: /^True class/ }).inputValue()).toBe("1");
      await other.close();
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByText("Draw something to attack.").waitFor();
      await expect.poll(() => new URL(page.url()).searchParams.get("drawing")).toBe(null);

      await page.getByRole("radio", { name: "Upload" }).check();
      await page
        .getByLabel("Picture file")
        .setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: dot() });
      await expect.poll(() => new URL(page.url()).searchParams.get("uploaded")).toBe("true");
      await page.reload();
      await page.getByText("The picture was not kept: choose it again.").waitFor();
      await close();
    });

    test("goes on without the server, once it is loaded", async () => {
      const { page, close } = await here.open(`/play?run=${id}`, { mayGoWrong: SERVER_GONE });
      await article(page, "Deep Defense").waitFor();
      await here.service.stop();
      const slider = page.getByRole("slider", { name: /Strength/ });
      await slider.focus();
      await page.keyboard.press("End");
      await article(page, "Vanilla")
        .getByText(/^fooled → /)
        .waitFor();
      await page.getByRole("radio", { name: "DeepFool" }).check();
      await expect.poll(() => rhoIn(article(page, "Vanilla"))).toBeGreaterThan(0);
      await page.getByRole("button", { name: /^Test image 1: / }).click();
      await page.getByRole("img", { name: /^Test image 1: / }).waitFor();

      await page.getByLabel("Position").fill("30");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").filter({ hasText: "Test image 30 could not be loaded" }).waitFor();

      await page.getByRole("radio", { name: "Upload" }).check();
      await page
        .getByLabel("Picture file")
        .setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: dot() });
      await page.getByRole("img", { name: "The picture as the models see it" }).waitFor();
      await expect.poll(() => rhoIn(article(page, "Vanilla"))).toBeGreaterThan(0);

      await page.getByRole("radio", { name: "Draw" }).check();
      const sheet = page.getByRole("application", { name: /^Sheet to draw on/ });
      await sheet.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await sheet.boundingBox())!;
      await page.mouse.move(x + width / 4, y + height / 4);
      await page.mouse.down();
      await page.mouse.move(x + (3 * width) / 4, y + height / 4, { steps: 5 });
      await page.mouse.up();
      await expect.poll(() => rhoIn(article(page, "Vanilla"))).toBeGreaterThan(0);
      await page.getByRole("button", { name: "Undo" }).click();
      await sheet.focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowDown");
      await page.getByRole("button", { name: "Clear" }).click();
      expect(await page.getByRole("button", { name: "Clear" }).isDisabled()).toBe(true);
      await close();
    });
  });
});

describeInABrowser("the playground of a large model", (here) => {
  test("computes on all cores, which such a model gains from", async () => {
    const { client } = here.service;
    const config: ExperimentConfigInput = {
      model: { hidden: [1100, 1000] },
      regimes: [{ kind: "deep-defense", epochs: 0 }],
    };
    const dataset = await uploadTinyImages(client);
    const { id } = await finishTinyRun(client, dataset, { name: "Large", epochs: 1, config });
    const { page, close } = await here.open(`/play?run=${id}`);
    await article(page, "Deep Defense").waitFor();
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    await page.getByText(cores > 1 ? /^WASM, SIMD, \d+ threads; / : /^WASM, SIMD, 1 thread /).waitFor();
    await close();
  });
});

/** What is shown of one model. */
function article(page: Page, label: string): Locator {
  return page.getByRole("article").filter({ has: page.getByRole("heading", { name: label, exact: true }) });
}

/** Waits until what is shown is that of the image and the epsilon that are chosen. */
async function upToDate(page: Page): Promise<void> {
  await page.locator("gambeson-play-findings[aria-busy=false]").waitFor();
}

function verdict(page: Page, label: string): Promise<string> {
  return article(page, label)
    .getByText(/^(holds: |fooled → |wrong without any attack)/)
    .innerText();
}

/** "holds: class 1 43.8%" -> 43.8 */
function shareIn(words: string): number {
  return Number(/([\d.]+)%$/.exec(words)?.[1]);
}

/** What stands behind "|Δx| / |x| =". */
async function rhoIn(box: Locator): Promise<number> {
  const text = await box
    .getByText(/\|Δx\| \/ \|x\| = /)
    .first()
    .innerText();
  return Number(/= ([\d.]+)/.exec(text)?.[1]);
}

/** A bright square on black, 20 x 20 pixels. */
function dot(): Buffer {
  const pixels = Uint8Array.from({ length: 400 }, (_, i) =>
    i % 20 > 5 && i % 20 < 12 && i > 100 && i < 240 ? 250 : 5,
  );
  return Buffer.from(grayPng(pixels, 20, 20));
}

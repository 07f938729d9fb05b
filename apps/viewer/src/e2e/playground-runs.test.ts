import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { finishTinyRun, uploadTinyImages } from "../testing/tiny-run.ts";

describeInABrowser("the playground, from run to run", (here) => {
  /** Of 8 x 8 pixels. */
  let small: string;
  /** Of 28 x 28 pixels. */
  let large: string;

  beforeAll(async () => {
    const { client } = here.service;
    const dataset = await uploadTinyImages(client);
    ({ id: small } = await finishTinyRun(client, dataset, { name: "Small images" }));
    const config = { dataset: { name: "synthetic", train: 200, test: 40 } };
    ({ id: large } = await finishTinyRun(client, dataset, { name: "Large images", config }));
  });

  test("leaves no worker behind, whenever the reader leaves", async () => {
    const { page, close } = await here.open(`/play?run=${small}`);
    await verdicts(page).first().waitFor();
    expect(page.workers().length).toBe(1);
    await leave(page);

    // While the worker starts.
    const started = page.waitForEvent("worker");
    await page.goBack();
    await started;
    await leave(page);

    // While the models are on their way.
    const held = holdBack();
    await page.route("**/weights/**", async (route) => {
      await held.released;
      await route.continue().catch(() => null);
    });
    const asked = page.waitForRequest("**/weights/**");
    await page.goBack();
    await asked;
    await leave(page);
    let starts = 0;
    page.on("worker", () => starts++);
    held.release();
    await page.waitForTimeout(500);
    expect([starts, page.workers().length]).toEqual([0, 0]);
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await close();
  });

  test("takes a drawing along to a run with other image sizes, and has one worker all the time", async () => {
    const { page, close } = await here.open(`/play?run=${small}&source=drawing`);
    const sheet = page.getByRole("application", { name: /^Sheet to draw on/ });
    await sheet.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await sheet.boundingBox())!;
    await page.mouse.move(x + width / 4, y + height / 4);
    await page.mouse.down();
    await page.mouse.move(x + (3 * width) / 4, y + (3 * height) / 4, { steps: 5 });
    await page.mouse.up();
    await verdicts(page).first().waitFor();
    for (const [run, className] of [
      [
        large,
        /^(holds: |fooled → |wrong .*→ )(T-shirt|Trouser|Pullover|Dress|Coat|Sandal|Shirt|Sneaker|Bag|Ankle)/,
      ],
      [small, /^(holds: |fooled → |wrong .*→ )class \d/],
    ] as const) {
      await page.getByRole("combobox", { name: /^Run/ }).selectOption(run);
      await verdicts(page).filter({ hasText: className }).first().waitFor();
      await expect.poll(() => page.workers().length).toBe(1);
      expect(await page.getByText(/Cannot/).count()).toBe(0);
      expect(await page.getByRole("button", { name: "Clear" }).isEnabled()).toBe(true);
    }
    await close();
  });

  test("attacks nothing while the other run's image is on its way", async () => {
    const { page, close } = await here.open(`/play?run=${small}&image=7`);
    await verdicts(page).first().waitFor();
    const held = holdBack();
    await page.route("**/images/7.f32*", async (route) => {
      await held.released;
      await route.continue();
    });
    const asked = page.waitForRequest("**/images/7.f32*");
    await page.evaluate((address) => {
      history.pushState(null, "", address);
      dispatchEvent(new PopStateEvent("popstate"));
    }, `/play?run=${large}&image=7`);
    await asked;
    expect(await verdicts(page).count()).toBe(0);
    expect(await page.getByText(/Cannot/).count()).toBe(0);
    held.release();
    await page.getByRole("img", { name: /^Test image 7: / }).waitFor();
    await verdicts(page).first().waitFor();
    await close();
  });
});

/** Something to wait for, until it is released. */
function holdBack(): { readonly released: Promise<void>; readonly release: () => void } {
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  return { released, release };
}

/** What is said of each model. */
function verdicts(page: Page) {
  return page.getByRole("article").getByText(/^(holds: |fooled → |wrong without any attack)/);
}

/** Goes to another page. @throws {Error} If a worker goes on. */
async function leave(page: Page): Promise<void> {
  await page.getByRole("banner").getByRole("link", { name: "Runs" }).click();
  await page.getByRole("heading", { level: 1, name: "Runs" }).waitFor();
  await expect.poll(() => page.workers().length).toBe(0);
}

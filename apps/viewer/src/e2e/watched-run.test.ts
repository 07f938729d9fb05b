import process from "node:process";
import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { SERVER_GONE } from "../testing/open-page.ts";
import { ENDLESS, submitTinyRun, untilRunIs, uploadTinyImages } from "../testing/tiny-run.ts";

describeInABrowser("the page of a run under way", (here) => {
  let dataset: string;

  beforeAll(async () => {
    dataset = await uploadTinyImages(here.service.client);
  });

  test("goes from waiting to finished without being asked again: tasks, curves, log, numbers", async () => {
    const { client } = here.service;
    const before = await submitTinyRun(client, dataset, { name: "In front", ...ENDLESS });
    const { id } = await submitTinyRun(client, dataset, {
      name: "Watched",
      epochs: 1000,
      batchSize: 1,
    });
    const { page, close } = await here.open(`/runs/${id}`);
    await page.getByRole("heading", { level: 1, name: "Watched" }).waitFor();
    await page.getByText("waiting", { exact: true }).first().waitFor();
    const loads: string[] = [];
    page.on("request", (request) => {
      if (request.resourceType() === "document") loads.push(request.url());
    });
    await client.runs.cancel(before.id);

    await page.getByRole("progressbar").first().waitFor();
    await page
      .getByText(/^running, \d+%/)
      .first()
      .waitFor();
    const tasks = page.getByRole("list", { name: /tasks done$/ }).getByRole("listitem");
    await tasks.filter({ hasText: "Pre-training" }).filter({ hasText: "running" }).waitFor();
    expect(await tasks.count()).toBe((await client.runs.get(id)).tasks.length);

    const log = page.getByRole("log");
    await log
      .getByText(/epoch 1, loss/)
      .first()
      .waitFor();
    const lineCount = async () => (await log.innerText()).split("\n").length;
    const lines = await lineCount();
    await expect.poll(lineCount).toBeGreaterThan(lines + 10);
    const curves = page.getByRole("application", { name: /^Accuracy while training/ });
    await curves.focus();
    const lastEpoch = async () => {
      await page.keyboard.press("End");
      return epochRead(page);
    };
    await expect.poll(lastEpoch).toBeGreaterThan(0);
    const seen = await lastEpoch();
    await expect.poll(lastEpoch).toBeGreaterThan(seen);

    await page.getByText("finished", { exact: true }).first().waitFor();
    await page.getByRole("table", { name: /Accuracy and robustness/ }).waitFor();
    expect(await page.getByRole("progressbar").count()).toBe(0);
    expect(loads).toEqual([]);
    await close();
  });

  test("says when the server is gone, keeps what is known, and goes on when it is back", async () => {
    const { id } = await submitTinyRun(here.service.client, dataset, {
      name: "Survivor",
      epochs: 1000,
      batchSize: 2,
    });
    const { page, close } = await here.open(`/runs/${id}`, { mayGoWrong: SERVER_GONE });
    await page
      .getByText(/^running, \d+%/)
      .first()
      .waitFor();
    await page
      .getByRole("log")
      .getByText(/epoch 2, loss/)
      .first()
      .waitFor();
    const back = here.service.crash();
    const trouble = page.getByText(/^No answer from the server; asking again\./);
    await trouble.waitFor();
    expect(await page.getByRole("heading", { level: 1, name: "Survivor" }).isVisible()).toBe(true);
    expect(
      await page
        .getByRole("log")
        .getByText(/epoch 2, loss/)
        .first()
        .isVisible(),
    ).toBe(true);
    await back;
    await trouble.waitFor({ state: "detached" });
    await page.getByText("finished", { exact: true }).first().waitFor();
    await page.getByRole("table", { name: /Accuracy and robustness/ }).waitFor();
    await close();
  });

  test("the list of runs says so, too, and goes on", async () => {
    const { page, close } = await here.open("/nothing", { mayGoWrong: SERVER_GONE });
    // What the list is made of is asked for again at once; only the stream of events says that it has broken off.
    const stream = page.waitForResponse(/\/api\/v1\/events/);
    await page.goto(here.service.address);
    await page.getByRole("link", { name: "Survivor" }).waitFor();
    await stream;
    const back = here.service.crash();
    await page.getByText(/^No answer from the server; asking again\./).waitFor();
    expect(await page.getByRole("link", { name: "Survivor" }).isVisible()).toBe(true);
    await back;
    await page.getByText(/^No answer from the server; asking again\./).waitFor({ state: "hidden" });
    await submitTinyRun(here.service.client, dataset, { name: "After the crash" });
    const row = page.getByRole("row").filter({ hasText: "After the crash" });
    await row.getByText("finished", { exact: true }).waitFor();
    await close();
  });

  test("the form keeps what is in it while the server is gone", async () => {
    const { page, close } = await here.open("/new?preset=quick", { mayGoWrong: SERVER_GONE });
    await page.getByText(/^Takes about /).waitFor();
    const back = here.service.crash();
    const hidden = page.getByRole("textbox", { name: "Hidden layers" });
    await hidden.fill("24");
    await back;
    await page.getByText(/^Takes about /).waitFor();
    expect(await hidden.inputValue()).toBe("24");
    await close();
  });

  test("is cancelled after asking, tried again, and deleted after asking", async () => {
    const { client } = here.service;
    const { id } = await submitTinyRun(client, dataset, { name: "Unwanted", ...ENDLESS });
    const { page, close } = await here.open(`/runs/${id}`);
    await page
      .getByText(/^running, \d+%/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: /^Cancel/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Let it go on" }).click();
    expect((await client.runs.get(id)).state).toBe("running");
    await page.getByRole("button", { name: /^Cancel/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the run" }).click();
    await page.getByText("cancelled", { exact: true }).first().waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page
      .getByText(/^running/)
      .first()
      .waitFor();
    await client.runs.cancel(id);
    await page.getByText("cancelled", { exact: true }).first().waitFor();

    await page.getByRole("button", { name: /^Name, tags and notes/ }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Renamed");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 1, name: "Renamed" }).waitFor();
    await page.getByRole("button", { name: /^Delete/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete the run" }).click();
    await page.getByRole("heading", { level: 1, name: "Runs" }).waitFor();
    expect((await client.runs.list({ q: "Renamed" })).total).toBe(0);
    await close();
  });
});

describeInABrowser(
  "the page of a run whose worker is killed",
  (here) => {
    test("says what went wrong in a failed one, and what to do", async () => {
      const { client } = here.service;
      const dataset = await uploadTinyImages(client);
      const { id } = await submitTinyRun(client, dataset, { name: "Doomed", ...ENDLESS });
      const { page, close } = await here.open(`/runs/${id}`);
      await page
        .getByRole("log")
        .getByText(/epoch 1, loss/)
        .first()
        .waitFor();
      process.kill(here.service.workerPid(), "SIGKILL");
      await page.getByText("failed", { exact: true }).first().waitFor();
      await page
        .getByText(/Cannot finish the task as a worker must live through it/)
        .first()
        .waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page
        .getByText(/^running, \d+%/)
        .first()
        .waitFor();
      await client.runs.cancel(id);
      await untilRunIs(client, id, "cancelled");
      await close();
    });
  },
  // A task whose worker died once has failed.
  { args: ["--attempts", "1", "--lease", "3"] },
);

/** The epoch that the training curves' reading says. */
async function epochRead(page: Page): Promise<number> {
  const text = await page.locator("gambeson-training-curves [aria-live=polite]").first().innerText();
  return Number(/epoch (\d+)/.exec(text)?.[1]);
}

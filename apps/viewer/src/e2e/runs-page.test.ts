import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { ENDLESS, finishTinyRun, submitTinyRun, untilRunIs, uploadTinyImages } from "../testing/tiny-run.ts";

describeInABrowser("the list of runs", (here) => {
  let dataset: string;

  beforeAll(async () => {
    dataset = await uploadTinyImages(here.service.client);
  });

  test("says what to do while there is none; then shows a run as it goes on, and what came out", async () => {
    const { page, close } = await here.open("/");
    await page.getByText("No runs yet.").waitFor();
    await page.getByRole("link", { name: "Start a quick one" }).waitFor();
    const { id } = await submitTinyRun(here.service.client, dataset, {
      name: "Seen live",
      epochs: 300,
      batchSize: 2,
    });
    const row = rowOf(page, "Seen live");
    await row.getByRole("progressbar", { name: "Progress of Seen live" }).waitFor();
    await row.getByText(/^running, \d+%/).waitFor();
    await row.getByText("finished", { exact: true }).waitFor();
    expect(await page.getByRole("progressbar").count()).toBe(0);

    const { headline, epsilonReference } = await here.service.client.runs.get(id);
    const models = await row.getByRole("listitem").allInnerTexts();
    expect(models.map((text) => text.replace(/\s*(accuracy|ρ₂)\s*/g, " $1 ").trim())).toEqual(
      headline!.map(
        ({ label, accuracy, rho2 }) =>
          `${label} accuracy ${(100 * accuracy).toFixed(1)}% ρ₂ ${rho2.toFixed(4)}`,
      ),
    );
    await row.getByText(epsilonReference!.toFixed(4)).waitFor();
    await close();
  });

  test("finds, filters and sorts; the address keeps it, back and forward and a reload bring it back", async () => {
    await finishTinyRun(here.service.client, dataset, { name: "Beta", tags: ["nightly"] });
    await finishTinyRun(here.service.client, dataset, { name: "alpha", tags: ["nightly", "lab"] });
    const { page, close } = await here.open("/");
    await rowOf(page, "alpha").waitFor();
    expect(await namesOf(page)).toEqual(["alpha", "Beta", "Seen live"]);

    await page.getByRole("button", { name: "Name", exact: true }).click();
    expect(await namesOf(page)).toEqual(["alpha", "Beta", "Seen live"]);
    expect(await page.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe(
      "ascending",
    );
    await page.getByRole("button", { name: "Name", exact: true }).click();
    await expect.poll(() => namesOf(page)).toEqual(["Seen live", "Beta", "alpha"]);

    await page.getByRole("combobox", { name: "Tag" }).selectOption("nightly");
    await expect.poll(() => namesOf(page)).toEqual(["Beta", "alpha"]);
    await page.getByLabel("Search").fill("ALPH");
    await expect.poll(() => namesOf(page)).toEqual(["alpha"]);
    await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("ALPH");
    const address = page.url();
    await page.reload();
    await rowOf(page, "alpha").waitFor();
    expect(await namesOf(page)).toEqual(["alpha"]);
    expect(await page.getByLabel("Search").inputValue()).toBe("ALPH");
    expect(page.url()).toBe(address);

    await page.goBack();
    await expect.poll(() => namesOf(page)).toEqual(["Seen live", "Beta", "alpha"]);
    await page.goForward();
    await expect.poll(() => namesOf(page)).toEqual(["alpha"]);

    await page.getByLabel("Search").fill("nothing is called so");
    await page.getByRole("button", { name: "Show all runs" }).click();
    await expect.poll(() => namesOf(page)).toHaveLength(3);
    await rowOf(page, "alpha").getByRole("button", { name: "Only runs tagged lab" }).click();
    await expect.poll(() => namesOf(page)).toEqual(["alpha"]);
    await page.getByRole("combobox", { name: "Tag" }).selectOption({ label: "all" });
    await page.getByRole("combobox", { name: "State" }).selectOption("running");
    await page.getByText(/^None of 3 runs fits/).waitFor();
    await close();
  });

  test("changes a run's name, tags and notes", async () => {
    const { page, close } = await here.open("/");
    await page.getByRole("button", { name: "Edit: Beta" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Gamma");
    await dialog.getByLabel("Tags").fill(" one,two , one");
    await dialog.getByLabel("Notes").fill("Worth\nremembering");
    await dialog.getByRole("button", { name: "Save" }).click();
    await rowOf(page, "Gamma").getByRole("button", { name: "Only runs tagged two" }).waitFor();
    expect(await page.getByRole("link", { name: "Beta" }).count()).toBe(0);
    const { runs } = await here.service.client.runs.list({ q: "remembering" });
    expect(runs).toMatchObject([{ name: "Gamma", tags: ["one", "two"], notes: "Worth\nremembering" }]);
    await close();
  });

  test("cancels a run, and tries it again", async () => {
    const { client } = here.service;
    const { id } = await submitTinyRun(client, dataset, { name: "Long", ...ENDLESS });
    const { page, close } = await here.open("/?q=long");
    const row = rowOf(page, "Long");
    await row.getByText(/^running/).waitFor();
    await row.getByRole("button", { name: "Cancel: Long" }).click();
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await row.getByText("cancelled", { exact: true }).waitFor();
    expect((await client.runs.get(id)).state).toBe("cancelled");
    await row.getByRole("button", { name: "Try again: Long" }).click();
    await row.getByText(/^running/).waitFor();
    await row.getByRole("button", { name: "Cancel: Long" }).click();
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await untilRunIs(client, id, "cancelled");
    await close();
  });

  test("deletes a run, after asking", async () => {
    const { page, close } = await here.open("/");
    await page.getByRole("button", { name: "Delete: Long" }).click();
    await page
      .getByRole("dialog", { name: "Delete this run?" })
      .getByRole("button", { name: "Keep it" })
      .click();
    await page.getByRole("button", { name: "Delete: Long" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await rowOf(page, "Long").waitFor();
    await page.getByRole("button", { name: "Delete: Long" }).click();
    await page.getByRole("button", { name: "Delete the run" }).click();
    await rowOf(page, "Long").waitFor({ state: "detached" });
    expect((await here.service.client.runs.list({ q: "Long" })).total).toBe(0);
    await close();
  });

  test("picks runs to compare", async () => {
    const { page, close } = await here.open("/");
    await page.getByRole("checkbox", { name: "Compare alpha" }).check();
    await page.getByRole("checkbox", { name: "Compare Gamma" }).check();
    await page.getByText("2 runs picked").waitFor();
    await page.reload();
    await page.getByText("2 runs picked").waitFor();
    await page.getByRole("main").getByRole("link", { name: "Compare", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: /Compare/ }).waitFor();
    expect(new URL(page.url()).searchParams.get("runs")).toMatch(/^r[0-9a-z]{19},r[0-9a-z]{19}$/);
    await close();
  });

  test("keeps hundreds of runs usable, with nothing behind a button", async () => {
    const { page, close } = await here.open("/");
    const { runs, eventId } = await here.service.client.runs.list({ limit: 1 });
    const many = Array.from({ length: 1200 }, (_, i) => ({
      ...runs[0]!,
      id: `r${String(i).padStart(19, "0")}`,
      name: `Run ${i}`,
      createdAt: new Date(Date.UTC(2026, 0, 1) + 1000 * i).toISOString(),
    }));
    await page.route(/\/api\/v1\/runs(\?|$)/, async (route) => {
      const { searchParams } = new URL(route.request().url());
      const from = Number(searchParams.get("cursor") ?? 0);
      const to = from + Number(searchParams.get("limit") ?? 50);
      const nextCursor = to < many.length ? String(to) : null;
      await route.fulfill({
        json: { runs: many.slice(from, to), total: many.length, nextCursor, eventId },
      });
    });
    await page.reload();
    await page.getByText("1,200 runs", { exact: true }).waitFor();
    expect(await page.getByRole("row").count()).toBe(1201);
    await page.getByLabel("Search").fill("Run 1199");
    await page.getByText("1 of 1,200 runs").waitFor();
    await close();
  });
});

function rowOf(page: Page, name: string) {
  return page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
}

/** Names of the runs that are shown, from top to bottom. */
function namesOf(page: Page): Promise<string[]> {
  return page.getByRole("rowheader").getByRole("link").allInnerTexts();
}

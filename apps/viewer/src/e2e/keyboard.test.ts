import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { finishTinyRun, uploadTinyImages } from "../testing/tiny-run.ts";

/** More things than any page has that Tab stops at. */
const MOST_STOPS = 150;

describeInABrowser("the keyboard alone", (here) => {
  let id: string;

  beforeAll(async () => {
    const dataset = await uploadTinyImages(here.service.client);
    ({ id } = await finishTinyRun(here.service.client, dataset, { name: "By keys" }));
    await finishTinyRun(here.service.client, dataset, { name: "Another" });
  });

  test("leads from the list through a run to the playground", async () => {
    const { page, close } = await here.open("/");
    await page.getByRole("link", { name: "By keys" }).waitFor();
    await page.keyboard.press("Tab");
    expect(await focused(page)).toMatch(/content/);
    await page.keyboard.press("Enter");
    expect(await focused(page)).toMatch(/^main/);

    await page.keyboard.press("/");
    await page.keyboard.type("keys");
    await page.getByRole("link", { name: "Another" }).waitFor({ state: "detached" });
    await tabTo(page, /^a By keys/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "By keys" }).waitFor();
    expect(page.url()).toContain(`/runs/${id}`);
    expect(await focused(page)).toMatch(/^main/);

    await page.getByRole("heading", { name: "Methods" }).waitFor();
    await tabTo(page, /^div Accuracy under FGS/);
    await page.keyboard.press("ArrowRight");
    const reading = page.locator("gambeson-accuracy-curve [aria-live=polite]").first();
    await expect.poll(() => reading.innerText()).toMatch(/^Pre-trained: ε of FGS 0\.0000, accuracy \d/);
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => reading.innerText()).toMatch(/^Vanilla: ε of FGS 0\.0000, accuracy \d/);
    await tabTo(page, /^input Strength of the attack/);
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => Number(new URL(page.url()).searchParams.get("epsilon"))).toBeGreaterThan(0);

    await tabTo(page, /^button Next/);
    await page.keyboard.press("Enter");
    await page.getByRole("img", { name: /^No\. 12, original/ }).waitFor();
    await tabTo(page, /^select Class/);
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => new URL(page.url()).searchParams.get("class")).toBe("3");

    await tabTo(page, /^a Open in the playground/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Playground" }).waitFor();
    await page.getByRole("heading", { name: "Deep Defense", exact: true }).waitFor();
    await tabTo(page, /^input Strength of the attack/);
    await page.keyboard.press("End");
    await page
      .getByText(/^fooled → /)
      .first()
      .waitFor();
    await page.keyboard.press("Home");
    await page
      .getByText(/^(holds|wrong)/)
      .first()
      .waitFor();
    await close();
  });

  test("opens the help, and closing it leads back", async () => {
    const { page, close } = await here.open("/new?preset=quick");
    const hidden = page.getByRole("textbox", { name: "Hidden layers" });
    await page.getByText(/^Takes about /).waitFor();
    await tabTo(page, /^a Playground/);
    const before = await focused(page);
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: /Keys/ });
    await help.waitFor();
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "hidden" });
    expect(await focused(page)).toBe(before);
    // In a field they are letters.
    await page.getByRole("textbox", { name: "Name", exact: true }).focus();
    await page.keyboard.type("why? a/b");
    expect(await page.getByRole("textbox", { name: "Name", exact: true }).inputValue()).toBe("why? a/b");
    expect(await help.isVisible()).toBe(false);
    await hidden.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("16");
    expect(await hidden.inputValue()).toBe("16");
    await close();
  });

  test("'/' leads to the search from every page", async () => {
    const { page, close } = await here.open(`/runs/${id}`);
    await page.getByRole("heading", { level: 1, name: "By keys" }).waitFor();
    await page.keyboard.press("/");
    await page.getByRole("heading", { level: 1, name: "Runs" }).waitFor();
    await expect.poll(() => focused(page)).toMatch(/^input Search/);
    await close();
  });

  test.each([
    ["/", "By keys"],
    ["/new?preset=quick", /^Takes about /],
    ["/runs/RUN", "To make these numbers again"],
    ["/compare?runs=RUN", /^AUC of /],
    ["/play?run=RUN", /^WASM, /],
    ["/play?run=RUN&source=drawing", "Undo"],
  ])("every stop of Tab on %s can be seen, has a name, and leads on", async (path, wanted) => {
    const { page, close } = await here.open(path.replace("RUN", id));
    await page.getByText(wanted).filter({ visible: true }).first().waitFor();
    const stops: string[] = [];
    for (;;) {
      await page.keyboard.press("Tab");
      const { name, isSeen, isOutside } = await stopOf(page);
      if (isOutside) break;
      expect(name, `stop ${stops.length} after ${stops.at(-1)}`).toMatch(/ \S/);
      expect(isSeen, `${name} shows that it has the focus`).toBe(true);
      stops.push(name);
      expect(stops.length, `Tab is caught at ${stops.slice(-3).join(", ")}`).toBeLessThan(MOST_STOPS);
    }
    expect(stops.length).toBeGreaterThan(10);
    await close();
  });
});

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp, key = "Tab"): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press(key);
    const here = await focused(page);
    if (name.test(here)) return;
    passed.push(here);
  }
  throw new Error(`Tab does not lead to ${name}: it passed ${passed.join(", ")}`);
}

async function focused(page: Page): Promise<string> {
  return (await stopOf(page)).name;
}

/** The element that has the focus: its tag and name, and whether that can be seen. */
function stopOf(page: Page): Promise<{ name: string; isSeen: boolean; isOutside: boolean }> {
  return page.evaluate(() => {
    let element: Element | null = document.activeElement;
    while (element?.shadowRoot?.activeElement != null) element = element.shadowRoot.activeElement;
    if (element === null || element === document.body) return { name: "", isSeen: false, isOutside: true };
    const labels =
      element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels : null;
    const label = labels?.[0]?.textContent;
    const name = element.getAttribute("aria-label") ?? label ?? element.textContent;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const isSeen = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    return {
      name: `${element.localName} ${name.replaceAll(/\s+/g, " ").trim().slice(0, 60)}`,
      isSeen,
      isOutside: false,
    };
  });
}

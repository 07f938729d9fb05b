import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { faults } from "../testing/faults.ts";
import { SERVER_GONE } from "../testing/open-page.ts";
import { finishTinyRun, submitTinyRun, uploadTinyImages } from "../testing/tiny-run.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";
/** What Chromium says of answers that refuse; that they come is what is tested. */
const REFUSALS = [/^answer 401: /, /^error: Failed to load resource: .* 401 /];

describeInABrowser(
  "a server that wants a token",
  (here) => {
    let dataset: string;
    let run: string;

    beforeAll(async () => {
      dataset = await uploadTinyImages(here.service.client);
      ({ id: run } = await finishTinyRun(here.service.client, dataset, { name: "Behind a token" }));
    });

    test("asks for it, refuses a wrong one in words, and keeps the right one", async () => {
      const { page, close } = await here.open("/", { mayGoWrong: REFUSALS });
      const field = page.getByLabel("Token", { exact: true });
      await field.fill("0123456789abcdef-wrong-0123456789abcdef");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByText("That is not this server's token.").waitFor();
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      expect(await faults(page)).toEqual([]);

      await signIn(page);
      await page.getByRole("link", { name: "Behind a token" }).waitFor();
      await page.reload();
      await page.getByRole("link", { name: "Behind a token" }).waitFor();
      expect(await page.evaluate(() => document.cookie)).toBe("");
      await close();
    });

    test.each([
      ["/new", "Start a run"],
      ["/runs/RUN", "Behind a token"],
      ["/compare?runs=RUN", "Compare"],
      ["/play?run=RUN", "Playground"],
    ])("asks for it at %s, and goes on there", async (path, heading) => {
      const { page, close } = await here.open(path.replace("RUN", run), { mayGoWrong: REFUSALS });
      await page.getByLabel("Token", { exact: true }).waitFor();
      expect(await faults(page)).toEqual([]);
      await signIn(page);
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      await page.getByLabel("Token", { exact: true }).waitFor({ state: "detached" });
      expect(await page.getByText(heading).count()).toBeGreaterThan(0);
      await close();
    });

    test("asks for it again in the middle of watching, and goes on after it", async () => {
      const { page, close } = await here.open("/", { mayGoWrong: [...REFUSALS, ...SERVER_GONE] });
      await signIn(page);
      const run = page.getByRole("link", { name: "Behind a token" });
      await run.waitFor();
      await page.context().clearCookies();
      await here.service.crash(); // The page connects anew, and is refused.
      await page.getByLabel("Token", { exact: true }).waitFor();
      expect(await run.isVisible()).toBe(true);
      await signIn(page);
      await page.getByLabel("Token", { exact: true }).waitFor({ state: "detached" });
      await submitTinyRun(here.service.client, dataset, { name: "After the token" });
      await page.getByRole("link", { name: "After the token" }).waitFor();
      await close();
    });
  },
  { token: TOKEN },
);

async function signIn(page: Page): Promise<void> {
  await page.getByLabel("Token", { exact: true }).fill(TOKEN);
  await page.getByRole("button", { name: "Sign in" }).click();
}

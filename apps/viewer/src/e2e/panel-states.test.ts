import type { Route } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { faultsInAllAppearances } from "../testing/faults.ts";
import { finishTinyRun, uploadTinyImages } from "../testing/tiny-run.ts";

/** What Chromium says of answers that tests replace by failures. */
const MADE_TO_FAIL = [/^answer 500: /, /^error: Failed to load resource: /];
const TROUBLE = "Something broke; the log says what";

describeInABrowser("every panel", (here) => {
  let id: string;

  beforeAll(async () => {
    const dataset = await uploadTinyImages(here.service.client);
    ({ id } = await finishTinyRun(here.service.client, dataset, { name: "Behind the states" }));
  });

  test.each([
    ["/", "Loading the runs…", "Behind the states"],
    ["/new", "Asking the server what there is to run…", "Start the run"],
    ["/runs/RUN", "Loading the run…", "Robustness"],
    ["/compare?runs=RUN", "Loading the runs…", "Behind the states"],
    ["/play?run=RUN", /^Loading/, "Deep Defense"],
  ])(
    "of %s says that it loads; what went wrong, and what to do; and can be tried again",
    async (path, loading, done) => {
      const { page, close } = await here.open("/nothing", { mayGoWrong: MADE_TO_FAIL });
      let isHeld = true;
      const held: Route[] = [];
      await page.route("**/api/v1/**", async (route) => {
        if (isHeld) held.push(route);
        else await refuse(route);
      });
      await page.goto(`${here.service.address}${path.replace("RUN", id)}`);
      await page.getByText(loading).first().waitFor();
      expect(await faultsInAllAppearances(page)).toEqual([]);

      isHeld = false;
      await Promise.all(held.map(refuse));
      await page.getByText(TROUBLE).first().waitFor();
      const again = page.getByRole("button", { name: "Try again" }).first();
      await again.waitFor();
      expect(await faultsInAllAppearances(page)).toEqual([]);

      await page.unroute("**/api/v1/**");
      await again.click();
      await page.getByText(done).filter({ visible: true }).first().waitFor();
      expect(await page.getByText(TROUBLE).count()).toBe(0);
      await close();
    },
  );
});

function refuse(route: Route): Promise<void> {
  return route.fulfill({
    status: 500,
    contentType: "application/problem+json",
    json: {
      type: "urn:gambeson:problem:internal",
      title: "Something failed in the server",
      status: 500,
      code: "INTERNAL",
      detail: TROUBLE,
      requestId: "0123456789",
    },
  });
}

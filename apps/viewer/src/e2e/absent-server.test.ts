import { expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { faultsInAllAppearances } from "../testing/faults.ts";
import { SERVER_GONE } from "../testing/open-page.ts";

const ABSENCE = "The server does not answer.";

describeInABrowser("a server that is not there", (here) => {
  test.each([
    ["/", "No runs yet."],
    ["/new", "Start the run"],
  ])("is waited for at %s, which goes on by itself", async (path, done) => {
    const { page, close } = await here.open("/nothing", { mayGoWrong: SERVER_GONE });
    const servers = /\/(api|healthz)/;
    await page.route(servers, (route) => route.abort());
    await page.goto(`${here.service.address}${path}`);
    await page.getByText(ABSENCE).waitFor();
    expect(await faultsInAllAppearances(page)).toEqual([]);
    await page.unroute(servers);
    await page.getByText(done).waitFor();
    expect(await page.getByText(ABSENCE).count()).toBe(0);
    await close();
  });
});

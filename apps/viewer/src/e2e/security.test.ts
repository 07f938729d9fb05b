import { expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";

describeInABrowser("the page's policy", (here) => {
  test("allows threads, and no script but its own", async () => {
    const { page, close } = await here.open("/", { mayGoWrong: [/Content Security Policy/] });
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const refused = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'broken'";
      document.head.append(script);
      const link = document.createElement("a");
      link.setAttribute("onclick", "document.title = 'broken'");
      link.click();
      return document.title;
    });
    expect(refused).toBe("Gambeson: runs");
    await close();
  });
});

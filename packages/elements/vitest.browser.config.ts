import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumArgs, findChromium } from "../../scripts/find-chromium.mjs";

const executablePath = findChromium();

export default defineConfig({
  // Found here before the tests start: found later, the page would be loaded once more in the middle of them.
  optimizeDeps: { include: ["axe-core", "lit", "lit/directives/*.js", "d3-scale", "d3-shape"] },
  test: {
    include: ["src/**/*.browser.test.ts"],
    testTimeout: 60_000,
    // How long expect.poll() waits: machines that run tests are busy.
    expect: { poll: { timeout: 20_000 } },
    // One page for all: loading every element anew for each file takes longer than the tests.
    isolate: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 800, height: 900 },
      provider: playwright({
        launchOptions: { args: chromiumArgs(), ...(executablePath === null ? {} : { executablePath }) },
      }),
      instances: [{ browser: "chromium" }],
    },
  },
});

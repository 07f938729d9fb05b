import { chromium, type Browser } from "playwright";
import { afterAll, beforeAll, describe } from "vitest";
import { chromiumArgs, findChromium, HOW_TO_GET_CHROMIUM } from "../../../../scripts/find-chromium.mjs";
import { openPage, type OpenPage, type OpenPageOptions } from "./open-page.ts";
import { RunningService, type ServiceOptions } from "./running-service.ts";

/** What tests in a browser have, from their first hook on. */
export interface Surroundings {
  /** Theirs alone. */
  readonly service: RunningService;
  open(path: string, options?: OpenPageOptions): Promise<OpenPage>;
}

/** Tests over a service of their own, in Chromium; where there is none, a line says how to get it. */
export function describeInABrowser(
  name: string,
  tests: (here: Surroundings) => void,
  options: ServiceOptions = {},
): void {
  const executablePath = findChromium();
  if (executablePath === null) console.warn(HOW_TO_GET_CHROMIUM);
  describe.skipIf(executablePath === null)(name, () => {
    let service: RunningService | undefined;
    let browser: Browser | undefined;

    beforeAll(async () => {
      service = await RunningService.start(options);
      browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArgs() });
    });

    afterAll(async () => {
      await browser?.close();
      await service?.stop();
    });

    tests({
      get service() {
        return service!;
      },
      open: (path, pageOptions) => openPage(browser!, service!.address, path, pageOptions),
    });
  });
}

// The browser that tests run in.
import { existsSync } from "node:fs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** How to have a browser for the tests, in one line. */
export const HOW_TO_GET_CHROMIUM =
  "the tests in a browser are not run, as there is no Chromium: apt-get install chromium (Debian), or name one with GAMBESON_CHROMIUM (npx playwright install chromium gets it elsewhere)";

/** GAMBESON_CHROMIUM, else where systems have it; null where there is none. */
export function findChromium() {
  const named = process.env.GAMBESON_CHROMIUM;
  return [...(named ? [named] : []), ...PLACES].find((path) => existsSync(path)) ?? null;
}

/** What it must be started with: as root it has no sandbox. */
export function chromiumArgs() {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

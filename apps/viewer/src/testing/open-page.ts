import type { Browser, BrowserContextOptions, ConsoleMessage, Page } from "playwright";
import { expect } from "vitest";

export interface OpenPageOptions extends BrowserContextOptions {
  /** What may go wrong here, as it stands in the list of what went wrong. */
  readonly mayGoWrong?: readonly RegExp[];
}

export interface OpenPage {
  readonly page: Page;
  /** @throws {AssertionError} If anything has gone wrong in it: see `openPage`. */
  close(): Promise<void>;
}

/** What Chromium says while nobody answers, and of a connection that breaks off. */
export const SERVER_GONE: readonly RegExp[] = [/^error: Failed to load resource: net::ERR_/];

/** Of what went wrong: the same again and again is told once. */
const MOST_CHARACTERS = 160;
/** Of reads that wait for something to be there. */
const PATIENCE_MS = 60_000;

/**
 * A page, in a browser profile of its own, that notes what must not happen: errors and warnings on its console, uncaught errors, requests
 * to anywhere but `address`, and answers that refuse.
 *
 * @param path Within `address`.
 */
export async function openPage(
  browser: Browser,
  address: string,
  path: string,
  { mayGoWrong = [], ...options }: OpenPageOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ locale: "en-US", timezoneId: "UTC", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const wrong = wrongsOf(page, address);
  await page.goto(`${address}${path}`);
  return {
    page,
    close: async () => {
      await context.close();
      const unexpected = wrong.filter((text) => !mayGoWrong.some((known) => known.test(text)));
      expect([...new Set(unexpected.map((text) => text.slice(0, MOST_CHARACTERS)))]).toEqual([]);
    },
  };
}

/** What goes wrong in a page, as it goes on. */
function wrongsOf(page: Page, address: string): readonly string[] {
  const wrong: string[] = [];
  const isHere = (url: string) =>
    url.startsWith(`${address}/`) || url.startsWith(`blob:${address}/`) || url.startsWith("data:");
  page.on("console", (message) => {
    if (isComplaint(message)) wrong.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", ({ message }) => wrong.push(`uncaught: ${message}`));
  page.on("request", (request) => {
    if (!isHere(request.url())) wrong.push(`request to elsewhere: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() < 400) return;
    wrong.push(`answer ${response.status()}: ${response.request().method()} ${response.url()}`);
  });
  return wrong;
}

function isComplaint(message: ConsoleMessage): boolean {
  return message.type() === "error" || message.type() === "warning";
}

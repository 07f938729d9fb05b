import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, HOW_TO_GET_CHROMIUM } from "./testing/find-chromium.ts";
import { RunningService } from "./testing/running-service.ts";
import { submitTinyRun, uploadTinyImages } from "./testing/tiny-run.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const HOSTILE = `<img src=x onerror="document.title='broken'"> & =1+1`;
/** Of what is loaded before anything is asked for, gzipped. */
const MOST_SCRIPT_BYTES = 80 * 1024;

const program = findChromium();
if (program === null) console.warn(HOW_TO_GET_CHROMIUM);

describe.skipIf(program === null)("the page in a browser", () => {
  let service: RunningService;
  let browser: Browser;
  let dataset: string;

  beforeAll(async () => {
    service = await RunningService.start();
    dataset = await uploadTinyImages(service.client);
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser = await chromium.launch({ executablePath: program!, args });
  });

  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  /** A page that notes what it should not: errors on its console, and requests to anywhere else. */
  async function openPage(options: Parameters<Browser["newPage"]>[0] = {}) {
    const page = await browser.newPage(options);
    const errors: string[] = [];
    const elsewhere: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(`${service.address}/`)) elsewhere.push(request.url());
    });
    await page.goto(service.address);
    return { page, errors, elsewhere };
  }

  test("shows a run as it goes on, and what came out, without being asked again", async () => {
    const { page, errors, elsewhere } = await openPage();
    await page.getByText("No runs yet.").waitFor();
    await submitTinyRun(service.client, dataset, HOSTILE, 60);
    await page.getByRole("heading", { name: HOSTILE }).waitFor();
    await page.getByRole("progressbar", { name: `Progress of ${HOSTILE}` }).waitFor();
    await page.getByText(/running, \d/).waitFor();
    await page.getByText(/Deep Defense: accuracy \d.*, rho2 \d/).waitFor();
    expect(await page.getByRole("progressbar").count()).toBe(0);
    expect(await page.title()).toBe("Gambeson: runs");

    await page.getByRole("link", { name: "Report: tables, figures and images" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(page.url()).toMatch(/\/api\/v1\/runs\/r[0-9a-z]{19}\/report\.html$/);
    expect(errors).toEqual([]);
    expect(elsewhere).toEqual([]);
    await page.close();
  });

  test("says when the server is gone, and goes on when it is back", async () => {
    const { page, elsewhere } = await openPage();
    await page.getByRole("heading", { name: HOSTILE }).waitFor();
    process.kill(service.serverPid(), "SIGKILL");
    await page.getByText("No answer from the server; asking again.").waitFor();
    await page.getByText("No answer from the server; asking again.").waitFor({ state: "detached" });
    await submitTinyRun(service.client, dataset, "After the crash", 2);
    await page.getByRole("heading", { name: "After the crash" }).waitFor();
    await page
      .getByText(/Deep Defense: accuracy/)
      .nth(1)
      .waitFor();
    expect(elsewhere).toEqual([]);
    await page.close();
  });

  test.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["forced colours", { forcedColors: "active" }],
    ["a phone", { viewport: { width: 360, height: 640 } }],
  ] as const)("can be read by everybody: %s", async (_, options) => {
    const { page, errors } = await openPage(options);
    await page.getByRole("heading", { name: HOSTILE }).waitFor();
    expect(await violations(page)).toEqual([]);
    // Nothing runs over the edge.
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(errors).toEqual([]);
    await page.close();
  });

  test("reads every model's accuracy at the epsilon of a slider, which the address keeps", async () => {
    const { page, errors } = await openPage();
    await page.getByRole("link", { name: "After the crash" }).click();
    await page.getByRole("heading", { name: "Accuracy under attack" }).waitFor();
    const slider = page.getByRole("slider");
    await slider.focus();
    await page.keyboard.press("Home");
    const atRest = await slider.getAttribute("aria-valuetext");
    expect(atRest).toMatch(/^ε 0\.0000: Pre-trained \d+\.\d%, Vanilla \d+\.\d%, Deep Defense \d+\.\d%$/);
    await page.keyboard.press("ArrowRight");
    const moved = await slider.getAttribute("aria-valuetext");
    expect(moved).not.toBe(atRest);
    expect(new URL(page.url()).searchParams.get("epsilon")).toMatch(/^0\.\d{6}$/);
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await page.getByRole("slider").waitFor();
    expect(await page.getByRole("slider").getAttribute("aria-valuetext")).toBe(moved);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("is allowed threads, and no script but its own", async () => {
    const { page } = await openPage();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const refused = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'broken'";
      document.head.append(script);
      return document.title;
    });
    expect(refused).toBe("Gambeson: runs");
    await page.close();
  });

  test("little is loaded before anything is asked for", () => {
    const assets = fileURLToPath(new URL("../dist/assets/", import.meta.url));
    const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
    const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(`${assets}${name}`)).length, 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
  });
});

interface Axe {
  run(): Promise<{ readonly violations: readonly { readonly id: string; readonly help: string }[] }>;
}

/** What axe-core finds wrong; the page's own policy forbids it to be loaded as a script, so the browser runs it. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => (globalThis as unknown as { axe: Axe }).axe.run());
  return found.violations.map(({ id, help }) => `${id}: ${help}`);
}

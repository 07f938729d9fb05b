import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright";
import { expect } from "vitest";

const PNG_SIGNATURE = "89504e470d0a1a0a";
/** What the buttons under charts and tables are called. */
const SAVE = /^Save “(.+)” as (SVG|PNG|CSV|LaTeX)$/;

/** Chromium silently drops what a page saves beyond so many files within a second. */
const BURST = { files: 10, ms: 1000 };

export interface SavedFile {
  /** Of the chart or table. */
  readonly what: string;
  readonly form: "SVG" | "PNG" | "CSV" | "LaTeX";
  readonly fileName: string;
  /** The file as UTF-8; of a PNG as latin-1. */
  readonly text: string;
}

/** Presses, by key, every button of `scope` that saves something, and checks that each file is one of its kind. */
export async function saveAll(page: Page, scope: Locator): Promise<readonly SavedFile[]> {
  const files: SavedFile[] = [];
  let burstEnds = 0;
  for (const button of await scope.getByRole("button", { name: SAVE }).all()) {
    if (files.length % BURST.files === 0) await until(burstEnds);
    const name = (await button.getAttribute("aria-label")) ?? "";
    const [, what = "", form] = SAVE.exec(name) ?? [];
    const [download] = await Promise.all([page.waitForEvent("download"), button.press("Enter")]).catch(
      (error: unknown) => {
        throw new Error(`Cannot check the file as one must come of the button: current value is ${name}`, {
          cause: error,
        });
      },
    );
    if (files.length % BURST.files === 0) burstEnds = Date.now() + BURST.ms;
    const bytes = await readFile(await download.path());
    const text = bytes.toString(form === "PNG" ? "latin1" : "utf8");
    const file = { what, form: form as SavedFile["form"], fileName: download.suggestedFilename(), text };
    await checkKind(page, file);
    files.push(file);
  }
  return files;
}

async function until(time: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, time - Date.now())));
}

async function checkKind(page: Page, { what, form, fileName, text }: SavedFile): Promise<void> {
  const where = `${what} as ${form}`;
  expect(fileName, where).toMatch({ SVG: /\.svg$/, PNG: /\.png$/, CSV: /\.csv$/, LaTeX: /\.tex$/ }[form]);
  switch (form) {
    case "SVG":
      expect(await wrongsOfSvg(page, text), where).toEqual([]);
      break;
    case "PNG":
      expect(Buffer.from(text.slice(0, 8), "latin1").toString("hex"), where).toBe(PNG_SIGNATURE);
      expect(Buffer.from(text.slice(16, 24), "latin1").readUInt32BE(0), where).toBeGreaterThan(50);
      break;
    case "CSV":
      expect(text.split("\n").length, where).toBeGreaterThan(2);
      expect(text, where).not.toMatch(/NaN|undefined|\[object/);
      break;
    case "LaTeX":
      expect(text, where).toContain("\\begin{tabular}");
      expect(text.split("\\begin{").length, where).toBe(text.split("\\end{").length);
      break;
  }
}

/** What keeps a text from being a drawing that stands alone: markup that is not well formed, scripts, what only a page knows. */
function wrongsOfSvg(page: Page, text: string): Promise<readonly string[]> {
  return page.evaluate((xml) => {
    const parsed = new DOMParser().parseFromString(xml, "image/svg+xml");
    const root = parsed.documentElement;
    if (parsed.querySelector("parsererror") !== null || root.localName !== "svg") return ["no SVG"];
    return [root, ...root.querySelectorAll("*")].flatMap((element) => [
      ...(element.localName === "script" ? ["a script"] : []),
      ...[...element.attributes]
        .filter(({ value }) => !value.startsWith("data:image/png;base64,"))
        .filter(({ name, value }) => /^on|href$/.test(name) || /var\(|NaN|undefined/.test(value))
        .map(({ name, value }) => `${element.localName} ${name}="${value}"`),
    ]);
  }, text);
}

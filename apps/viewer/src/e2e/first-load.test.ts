import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";

/** Of what is loaded before anything is asked for, gzipped. */
const MOST_SCRIPT_BYTES = 80 * 1024;
const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

describeInABrowser("the first load", (here) => {
  test("is small: what index.html names, and what that imports", () => {
    const first = withImports(entryScripts());
    const bytes = first.reduce((sum, name) => sum + gzipSync(asset(name)).length, 0);
    console.log(`index.html loads ${first.length} scripts, ${(bytes / 1024).toFixed(1)} kB gzipped`);
    expect(first.length).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(1024);
    expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
  });

  test("is small with the list of runs, too, which is what a visitor sees first", async () => {
    const { page, close } = await here.open("/");
    await page.getByRole("heading", { level: 1, name: "Runs" }).waitFor();
    const names = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => new URL(name).pathname)
        .filter((name) => name.endsWith(".js")),
    );
    const bytes = names.reduce(
      (sum, name) => sum + gzipSync(readFileSync(`${DIST}${name.slice(1)}`)).length,
      0,
    );
    console.log(`the list of runs loads ${names.length} scripts, ${(bytes / 1024).toFixed(1)} kB gzipped`);
    expect(names.length).toBeGreaterThan(1);
    expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
    await close();
  });

  test("TensorFlow.js is in what the playground's worker loads, and nowhere else", () => {
    const scripts = readdirSync(`${DIST}assets`).filter((name) => name.endsWith(".js"));
    const withTensorFlow = scripts.filter((name) =>
      /registerKernel|WasmBackendModuleThreadedSimd/.test(asset(name)),
    );
    expect(withTensorFlow.map((name) => name.slice(0, name.search(/-[\w-]{8}\.js$/))).toSorted()).toEqual([
      "play-worker",
      "tfjs-backend-wasm-threaded-simd",
    ]);
  });
});

/** The scripts that index.html names. */
function entryScripts(): readonly string[] {
  const page = readFileSync(`${DIST}index.html`, "utf8");
  return [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name]) => name!);
}

/** Some scripts and all that they import, or re-export, before they run. */
function withImports(names: readonly string[], known = new Set<string>()): readonly string[] {
  for (const name of names) {
    if (known.has(name)) continue;
    known.add(name);
    const imported = [...asset(name).matchAll(/\b(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)];
    withImports(
      imported.map(([, other]) => other!),
      known,
    );
  }
  return [...known];
}

function asset(name: string): string {
  return readFileSync(`${DIST}assets/${name}`, "utf8");
}

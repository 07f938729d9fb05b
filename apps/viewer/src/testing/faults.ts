import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(options: { readonly resultTypes: readonly string[]; readonly runOnly?: readonly string[] }): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly help: string;
      readonly nodes: readonly { readonly target: readonly unknown[] }[];
    }[];
  }>;
}

/** How a page may be shown. Where only colours differ from an appearance before, only what depends on them is looked at. */
const APPEARANCES = [
  { name: "light", colorScheme: "light", forcedColors: "none", width: 1280, rules: null },
  { name: "dark", colorScheme: "dark", forcedColors: "none", width: 1280, rules: ["color-contrast"] },
  {
    name: "forced colours",
    colorScheme: "light",
    forcedColors: "active",
    width: 1280,
    rules: ["color-contrast"],
  },
  { name: "a phone", colorScheme: "light", forcedColors: "none", width: 360, rules: null },
] as const;

/** What keeps anybody from reading a page as it is now, in every appearance: see `faults`. */
export async function faultsInAllAppearances(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const { name, width, rules, ...media } of APPEARANCES) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia(media);
    found.push(...(await faults(page, rules)).map((fault) => `${name}: ${fault}`));
  }
  return found;
}

/**
 * What axe-core finds wrong in a page as it is now; that it runs over its edge; that it has none or several first headings.
 *
 * @param rules Of axe-core; null for all.
 */
export async function faults(page: Page, rules: readonly string[] | null = null): Promise<string[]> {
  await page.evaluate(drawn);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const headings = await page.getByRole("heading", { level: 1 }).count();
  return [
    ...(await violations(page, rules)),
    ...(overflow > 0 ? [`runs over the edge by ${overflow} pixels`] : []),
    ...(headings === 1 ? [] : [`${headings} first headings`]),
  ];
}

/** The page's own policy forbids axe-core to be loaded as a script, so the browser runs it. */
async function violations(page: Page, rules: readonly string[] | null): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    (only) =>
      (globalThis as unknown as { axe: Axe }).axe.run({
        resultTypes: ["violations"],
        ...(only === null ? {} : { runOnly: only }),
      }),
    rules,
  );
  return found.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(({ target }) => target.flat().join(" ")).join("; ")}`,
  );
}

/** Once the browser has drawn what has changed, twice: elements that measure themselves draw again. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        setTimeout(resolve);
      }),
    );
  });
}

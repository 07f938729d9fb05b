import type { Locator, Page } from "playwright";

/** A section of a report, by its heading. */
export function section(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

/** What stands behind a row's header. */
export function cellsOf(table: Locator, header: string): Promise<string[]> {
  return table
    .getByRole("row")
    .filter({ has: table.page().getByRole("rowheader", { name: header, exact: true }) })
    .getByRole("cell")
    .allInnerTexts();
}

/** "87.38%" */
export function percent(
  { count, of }: { readonly count: number; readonly of: number },
  digits: number,
): string {
  return `${((100 * count) / of).toFixed(digits)}%`;
}

/**
 * How a page was left, for when it is reloaded or come back to. What an address is given while its page is being left, the browser
 * keeps only where it keeps the page as well.
 */
export interface LeftPage {
  /** The page's address as the browser knows it. */
  readonly from: string;
  /** Its address as it should be. */
  readonly to: string;
  /** How far down it was scrolled, px. */
  readonly scroll: number;
}

const KEY = "gambeson-left-page";

export function keepLeftPage(page: LeftPage): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(page));
  } catch {
    // A browser that keeps nothing for pages goes back to what the address said.
  }
}

/** The page that was left last in this window, where it is the one that is loaded now; null where another is, or one was asked for. */
export function takeLeftPage(): LeftPage | null {
  const kept = takeText();
  if (kept === null) return null;
  const page = JSON.parse(kept) as LeftPage;
  const [loaded] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  // A reload may have begun with an address before `from`.
  const isReloaded = loaded?.type === "reload" && new URL(page.to).pathname === location.pathname;
  const isComeBackTo = loaded?.type === "back_forward" && page.from === location.href;
  return isReloaded || isComeBackTo ? page : null;
}

function takeText(): string | null {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return kept;
  } catch {
    return null;
  }
}

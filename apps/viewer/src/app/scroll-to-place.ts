import { deepQuery } from "../elements/deep-query.ts";

/** Where on a page a reader is to be. */
export interface Place {
  /** How far down, in pixels, where the reader was there before; else 0. */
  readonly scroll: number;
  /** Id of the heading to begin at, where `scroll` is 0; undefined for the page's top. */
  readonly section: string | undefined;
}

/** How long a page may take to be drawn so far. */
const MOST_FRAMES = 300;
/** How long what stands above a heading may take to find its height. */
const STAY_FRAMES = 90;

/** Scrolls the window to a place once it is drawn, but not against a reader who does something, nor after `signal` has aborted. */
export async function scrollToPlace(root: ParentNode, place: Place, signal: AbortSignal): Promise<void> {
  const acting = new AbortController();
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    const act = () => {
      acting.abort();
    };
    addEventListener(kind, act, { signal: acting.signal, passive: true });
  }
  const isSection = place.scroll === 0 && place.section !== undefined;
  for (let left = MOST_FRAMES; left > 0 && !signal.aborted && !acting.signal.aborted; left--) {
    if (reach(root, place)) left = isSection ? Math.min(left, STAY_FRAMES) : 0;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  acting.abort();
}

/** @returns Whether it could be reached. */
function reach(root: ParentNode, { scroll, section }: Place): boolean {
  if (scroll > 0 || section === undefined) {
    scrollTo(0, scroll);
    return Math.abs(scrollY - scroll) < 1;
  }
  const heading = deepQuery(root, `h3#${CSS.escape(section)}`);
  heading?.scrollIntoView({ behavior: "instant" });
  return heading !== null;
}

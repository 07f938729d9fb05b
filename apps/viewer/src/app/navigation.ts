import { keepLeftPage, takeLeftPage } from "./left-page.ts";
import { addressOf, queryOf, type Query } from "./routes.ts";

/**
 * The address and its history: the only place that touches them. A choice is "push"ed, so that the back key undoes it; what changes
 * by the second, as under a slider, "replace"s.
 */
export type How = "push" | "replace";

/** What the history knows of an address beside it. */
interface Kept {
  readonly scroll: number;
}

const CHANGED = "gambeson-address";
/** The address follows so long after what "replace"s it has come to rest: browsers refuse to be told by the frame. */
const REST_MS = 250;

/** The page's state where the address does not say it yet; null where it does. */
let ahead: Query | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Begins where the reader was when this page was reloaded, or left for another site and come back to. Comes before all else. */
export function resume(): void {
  const left = takeLeftPage();
  if (left !== null) history.replaceState({ scroll: left.scroll } satisfies Kept, "", left.to);
}

/** The page's state, as it will stand behind the "?" of the address. */
export function currentQuery(): Query {
  return ahead ?? queryOf(location.search);
}

/** How far down the page was scrolled when this address was left; 0 where it is new. */
export function keptScroll(): number {
  return (history.state as Kept | null)?.scroll ?? 0;
}

/** Goes to an address of this page's own. */
export function go(address: string, how: How = "push"): void {
  catchUp();
  if (new URL(address, location.href).href === location.href) return;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  dispatchEvent(new Event(CHANGED));
}

/** Changes keys of the page's state; null removes one. */
export function setQuery(changes: Readonly<Record<string, string | null>>, how: How): void {
  const address = addressOf(location.pathname, { ...currentQuery(), ...changes });
  if (how === "push") {
    go(address);
    return;
  }
  if (address === addressOf(location.pathname, currentQuery())) return;
  ahead = queryOf(new URL(address, location.href).search);
  catchUpLater();
  dispatchEvent(new Event(CHANGED));
}

/** Calls whenever the page's state or its path has changed, by us or by the back key, until `signal` aborts. */
export function onAddress(listener: () => void, signal: AbortSignal): void {
  addEventListener(CHANGED, listener, { signal });
  addEventListener(
    "popstate",
    () => {
      // What was ahead belongs to the address that the reader has left.
      forget();
      listener();
    },
    { signal },
  );
  // The browser would scroll before the page is drawn.
  history.scrollRestoration = "manual";
  addEventListener("scroll", catchUpLater, { signal });
  addEventListener("pagehide", leave, { signal });
}

/** Has the address say the page's state, and its place in the history how far it is scrolled. */
function catchUp(): void {
  const address = ahead === null ? location.href : addressOf(location.pathname, ahead);
  const kept: Kept = { scroll: scrollY };
  if (ahead !== null || kept.scroll !== keptScroll()) history.replaceState(kept, "", address);
  forget();
}

function leave(): void {
  const from = location.href;
  catchUp();
  keepLeftPage({ from, to: location.href, scroll: scrollY });
}

function catchUpLater(): void {
  clearTimeout(timer);
  timer = setTimeout(catchUp, REST_MS);
}

function forget(): void {
  clearTimeout(timer);
  ahead = null;
}

/** Has links to this page's own addresses followed without loading it anew, until `signal` aborts. */
export function followLinks(signal: AbortSignal): void {
  addEventListener(
    "click",
    (event) => {
      const isPlain =
        event.button === 0 && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
      if (!isPlain || event.defaultPrevented || link === undefined || !isOwn(link)) return;
      event.preventDefault();
      go(link.href);
    },
    { signal },
  );
}

function isOwn(link: HTMLAnchorElement): boolean {
  if (link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin) return false;
  const isServers = /^\/(api|healthz|readyz|metrics|openapi)\b/.test(link.pathname);
  const isHere = link.pathname === location.pathname && link.hash !== "";
  return !isServers && !isHere;
}

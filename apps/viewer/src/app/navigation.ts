import { addressOf, queryOf } from "./routes.ts";

/**
 * The address and its history: the only place that touches them. A choice is "push"ed, so that the back key undoes it; what changes
 * by the second, as under a slider, "replace"s.
 */
export type How = "push" | "replace";

const CHANGED = "gambeson-address";

/** Goes to an address of this page's own. */
export function go(address: string, how: How = "push"): void {
  if (new URL(address, location.href).href === location.href) return;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  dispatchEvent(new Event(CHANGED));
}

/** Changes keys of the page's state; null removes one. */
export function setQuery(changes: Readonly<Record<string, string | null>>, how: How): void {
  go(addressOf(location.pathname, { ...queryOf(location.search), ...changes }), how);
}

/** Calls whenever the address has changed, by us or by the back key, until `signal` aborts. */
export function onAddress(listener: () => void, signal: AbortSignal): void {
  addEventListener(CHANGED, listener, { signal });
  addEventListener("popstate", listener, { signal });
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

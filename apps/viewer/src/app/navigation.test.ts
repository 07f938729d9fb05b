import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { currentQuery, go, keptScroll, onAddress, resume, setQuery } from "./navigation.ts";

/** How often the browser was told, and of what. */
let told: string[];
let listening: AbortController;

/** How the browser says that it came to load the page. */
let loadedBy: NavigationTimingType;

function storage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: (key) => kept.delete(key),
  };
}

/** A window whose history has one entry, "/runs?q=old", and that is not scrolled. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  told = [];
  loadedBy = "navigate";
  listening = new AbortController();
  const location = new URL("http://here/runs?q=old");
  const history = { state: null as unknown, pushState: tell("push"), replaceState: tell("replace") };
  function tell(how: string) {
    return (state: unknown, _: string, address: string) => {
      location.href = new URL(address, location.href).href;
      history.state = state;
      told.push(`${how} ${location.pathname}${location.search}`);
    };
  }
  const target = new EventTarget();
  vi.stubGlobal("location", location);
  vi.stubGlobal("history", history);
  vi.stubGlobal("scrollY", 0);
  vi.stubGlobal("sessionStorage", storage());
  vi.stubGlobal("performance", { getEntriesByType: () => [{ type: loadedBy }] });
  vi.stubGlobal("addEventListener", target.addEventListener.bind(target));
  vi.stubGlobal("dispatchEvent", target.dispatchEvent.bind(target));
});

afterEach(() => {
  listening.abort();
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("setQuery() tells listeners of every step of a slider at once, and the browser where it came to rest", () => {
  const heard: (string | undefined)[] = [];
  onAddress(() => heard.push(currentQuery().epsilon), listening.signal);
  const wanted = Array.from({ length: 400 }, (_, i) => String(i));
  for (const epsilon of wanted) {
    setQuery({ epsilon }, "replace");
    vi.advanceTimersByTime(10);
  }
  expect(heard).toEqual(wanted);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(["replace /runs?q=old&epsilon=399"]);
  expect(currentQuery()).toEqual({ q: "old", epsilon: "399" });
});

test("setQuery() keeps what a slider said where a choice is pushed after it", () => {
  setQuery({ epsilon: "0.1" }, "replace");
  setQuery({ attack: "deepfool", q: null }, "push");
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(["replace /runs?q=old&epsilon=0.1", "push /runs?epsilon=0.1&attack=deepfool"]);
});

test("go() leaves what a slider said with the page that is left", () => {
  setQuery({ epsilon: "0.1" }, "replace");
  go("/compare");
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(["replace /runs?q=old&epsilon=0.1", "push /compare"]);
  expect(currentQuery()).toEqual({});
});

test("the back key brings the state of the address that it leads to", () => {
  let heard: unknown = null;
  onAddress(() => (heard = currentQuery()), listening.signal);
  setQuery({ epsilon: "0.1" }, "replace");
  location.href = "http://here/runs?q=before";
  dispatchEvent(new Event("popstate"));
  vi.advanceTimersByTime(1000);
  expect(heard).toEqual({ q: "before" });
  expect(told).toEqual([]);
});

test("a page that is left has its state in its address", () => {
  onAddress(() => undefined, listening.signal);
  setQuery({ epsilon: "0.1" }, "replace");
  dispatchEvent(new Event("pagehide"));
  expect(told).toEqual(["replace /runs?q=old&epsilon=0.1"]);
});

/** Leaves the page 300 px down with an epsilon that the address does not have yet, and has the browser load `address`. */
function leaveAndLoad(address: string, by: NavigationTimingType): void {
  onAddress(() => undefined, listening.signal);
  setQuery({ epsilon: "0.1" }, "replace");
  vi.stubGlobal("scrollY", 300);
  dispatchEvent(new Event("pagehide"));
  location.href = address;
  history.replaceState(null, "", address);
  loadedBy = by;
  resume();
}

test.each(["reload", "back_forward"] as const)("resume() goes on where a page was left, by %s", (by) => {
  leaveAndLoad("http://here/runs?q=old", by);
  expect(currentQuery()).toEqual({ q: "old", epsilon: "0.1" });
  expect(keptScroll()).toBe(300);
});

test("resume() does so once", () => {
  leaveAndLoad("http://here/runs?q=old", "reload");
  history.replaceState(null, "", "http://here/runs?q=old");
  resume();
  expect(currentQuery()).toEqual({ q: "old" });
});

test("resume() does so, too, where the address has caught up since the reload began", () => {
  onAddress(() => undefined, listening.signal);
  setQuery({ epsilon: "0.1" }, "replace");
  vi.advanceTimersByTime(1000);
  dispatchEvent(new Event("pagehide"));
  location.href = "http://here/runs?q=old";
  loadedBy = "reload";
  resume();
  expect(currentQuery()).toEqual({ q: "old", epsilon: "0.1" });
});

test.each([
  ["another page", "http://here/compare", "reload"],
  ["another place of the history", "http://here/runs?q=other", "back_forward"],
  ["an address that the reader asked for", "http://here/runs?q=old", "navigate"],
] as const)("resume() leaves %s as it is", (_, address, by) => {
  leaveAndLoad(address, by);
  expect(location.href).toBe(address);
  expect(keptScroll()).toBe(0);
});

test("resume() does nothing where the browser keeps nothing for pages", () => {
  const refuse = () => {
    throw new DOMException("no", "SecurityError");
  };
  vi.stubGlobal("sessionStorage", { getItem: refuse, setItem: refuse, removeItem: refuse });
  leaveAndLoad("http://here/runs?q=old", "reload");
  expect(currentQuery()).toEqual({ q: "old" });
});

test("setQuery() and go() say nothing where nothing changes", () => {
  const heard = vi.fn();
  onAddress(heard, listening.signal);
  setQuery({ q: "old", other: null }, "replace");
  setQuery({ q: "old" }, "push");
  go("/runs?q=old");
  vi.advanceTimersByTime(1000);
  expect(heard).not.toHaveBeenCalled();
  expect(told).toEqual([]);
});

test("an address keeps how far its page was scrolled, by itself and when it is left", () => {
  onAddress(() => undefined, listening.signal);
  vi.stubGlobal("scrollY", 300);
  dispatchEvent(new Event("scroll"));
  vi.advanceTimersByTime(1000);
  expect(keptScroll()).toBe(300);
  vi.stubGlobal("scrollY", 1500);
  const left = told.length;
  go("/compare");
  expect(told.slice(left)).toEqual(["replace /runs?q=old", "push /compare"]);
  expect(keptScroll()).toBe(0);
});

test("go() can put an address in the place of the one that is left", () => {
  go("/", "replace");
  expect(told).toEqual(["replace /"]);
});

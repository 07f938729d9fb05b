import { afterEach, expect, test, vi } from "vitest";
import { chooseScheme, chosenScheme } from "./colour-scheme.ts";

afterEach(() => vi.unstubAllGlobals());

/** @param kept What the browser remembers; null where it remembers nothing for pages. */
function browser(kept: Map<string, string> | null): { colorScheme: string } {
  const style = { colorScheme: "" };
  const refuse = () => {
    throw new Error("The operation is insecure.");
  };
  vi.stubGlobal("document", { documentElement: { style } });
  vi.stubGlobal("localStorage", {
    getItem: kept === null ? refuse : (key: string) => kept.get(key) ?? null,
    setItem: kept === null ? refuse : (key: string, text: string) => kept.set(key, text),
  });
  return style;
}

test("chosenScheme() is what was chosen, and the system's where nothing known was", () => {
  const kept = new Map<string, string>();
  const style = browser(kept);
  expect(chosenScheme()).toBe("system");
  chooseScheme("dark");
  expect([chosenScheme(), style.colorScheme]).toEqual(["dark", "dark"]);
  kept.set([...kept.keys()][0]!, "toString");
  expect(chosenScheme()).toBe("system");
});

test("a scheme can be chosen in a browser that keeps nothing", () => {
  const style = browser(null);
  expect(chosenScheme()).toBe("system");
  chooseScheme("light");
  expect(style.colorScheme).toBe("light");
});

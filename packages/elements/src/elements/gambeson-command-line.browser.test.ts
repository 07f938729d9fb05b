import { afterEach, expect, test, vi } from "vitest";
import { find, show, violations } from "../testing/in-page.ts";
import { GambesonCommandLine } from "./gambeson-command-line.ts";

const COMMAND = "npm run gambeson -- run report --set 'title=It <is> so'";

afterEach(() => {
  vi.restoreAllMocks();
});

function commandLine(): Promise<GambesonCommandLine> {
  return show(Object.assign(new GambesonCommandLine(), { command: COMMAND }));
}

test("<gambeson-command-line> copies the command", async () => {
  const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  const element = await commandLine();
  find(element, "button").click();
  await expect.poll(() => find(element, "[role=status]").textContent).toBe("Copied.");
  expect(write).toHaveBeenCalledWith(COMMAND);
});

test("<gambeson-command-line> selects the command where there is no clipboard", async () => {
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
  const element = await commandLine();
  find(element, "button").click();
  await expect.poll(() => find(element, "[role=status]").textContent).toMatch(/^Selected/);
  expect(find(element, "code").textContent).toBe(COMMAND);
});

test.each(["light", "dark", "forced"] as const)(
  "<gambeson-command-line> has no axe violation, %s",
  async (colours) => {
    expect(await violations(await commandLine(), colours)).toEqual([]);
  },
);

import { exampleResult } from "@gambeson/report/testing/example-result";
import { afterEach, expect, test, vi } from "vitest";
import { drawn, find, findAll, show, violations } from "../testing/in-page.ts";
import { GambesonMethods } from "./gambeson-methods.ts";

const COMMAND = "npm run gambeson -- run report --dataset fashion-mnist --seed 1 --threads 2";

afterEach(() => {
  vi.restoreAllMocks();
});

function methods(): Promise<GambesonMethods> {
  return show(Object.assign(new GambesonMethods(), { result: exampleResult() }));
}

test("<gambeson-methods> has a text for each term, and every checksum", async () => {
  const element = await methods();
  expect(findAll(element, "dt")).toHaveLength(findAll(element, "dd").length);
  expect(findAll(element, "dt").map(({ textContent }) => textContent.trim())).toContain("εref");
  // Four files of data, five models of one seed.
  expect(findAll(element, "dd code")).toHaveLength(4 + 5);
});

test("<gambeson-methods> copies the command", async () => {
  const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  const element = await methods();
  find(element, "button").click();
  await vi.waitFor(() => {
    expect(find(element, "[role=status]").textContent).toBe("Copied.");
  });
  expect(write).toHaveBeenCalledWith(COMMAND);
});

test("<gambeson-methods> selects the command where there is no clipboard", async () => {
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
  const element = await methods();
  find(element, "button").click();
  await vi.waitFor(() => {
    expect(find(element, "[role=status]").textContent).toMatch(/^Selected/);
  });
  await drawn(element);
  expect(find(element, "pre").textContent).toBe(COMMAND);
});

test.each(["light", "dark", "forced"] as const)(
  "<gambeson-methods> has no axe violation, %s",
  async (colours) => {
    expect(await violations(await methods(), colours)).toEqual([]);
  },
);

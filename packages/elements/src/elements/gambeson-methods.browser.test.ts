import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import { find, findAll, show, violations } from "../testing/in-page.ts";
import { GambesonMethods } from "./gambeson-methods.ts";

const COMMAND = "npm run gambeson -- run ./config.json --threads 2";

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

test("<gambeson-methods> has the command that makes the numbers again", async () => {
  expect(find(find(await methods(), "gambeson-command-line"), "code").textContent).toBe(COMMAND);
});

test.each(["light", "dark", "forced"] as const)(
  "<gambeson-methods> has no axe violation, %s",
  async (colours) => {
    expect(await violations(await methods(), colours)).toEqual([]);
  },
);

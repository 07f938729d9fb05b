import type { Result } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { reproduceCommand } from "./reproduce-command.ts";
import { exampleResult } from "./testing/example-result.ts";

function commandWith(seeds: readonly number[], dataset = "fashion-mnist"): string {
  const example = exampleResult();
  const [first] = example.seeds;
  const result: Result = {
    ...example,
    config: { ...example.config, dataset: { ...example.config.dataset, name: dataset } },
    seeds: seeds.map((seed) => ({ ...first!, seed })),
  };
  return reproduceCommand(result);
}

describe("reproduceCommand()", () => {
  test("names the data set that was used, the seeds and the threads", () => {
    expect(commandWith([7], "auto")).toBe(
      "npm run gambeson -- run report --dataset fashion-mnist --seed 7 --threads 2",
    );
    expect(commandWith([1, 2, 3])).toContain(" --seeds 3 ");
    expect(commandWith([4, 9])).toContain(" --set 'seeds=[4,9]' ");
  });

  test("quotes a folder's name for the shell", () => {
    expect(commandWith([1], "/my data/it's; rm -rf")).toContain(` --dataset '/my data/it'\\''s; rm -rf' `);
  });
});

import type { Result } from "@gambeson/contract";
import { grouped } from "./format-number.ts";

/** What was run, in a few words each. */
export function resultFacts({ dataset, seeds, environment, timings }: Result): readonly string[] {
  return [
    `${grouped(dataset.train.count)} training and ${grouped(dataset.test.count)} test images`,
    `${seeds.length === 1 ? "seed" : "seeds"} ${seeds.map(({ seed }) => seed).join(", ")}`,
    `Gambeson ${environment.version}`,
    timings.finishedAt.slice(0, 10),
  ];
}

import type { Headline, Result } from "@gambeson/contract";
import { meanOrNull } from "@gambeson/metrics";
import type { Outcome } from "../state/state.ts";

/** What lists show of a result: means over its seeds. */
export function outcomeOf(result: Pick<Result, "seeds">, resultSha256: string): Outcome {
  const { seeds } = result;
  const mean = (values: readonly number[]) => meanOrNull(values) ?? 0;
  const headline = (seeds[0]?.models ?? []).map(({ id, label }, position): Headline => {
    const models = seeds.map((seed) => seed.models[position]!);
    return {
      model: id,
      label,
      accuracy: mean(models.map(({ accuracy }) => accuracy.count / accuracy.of)),
      rho2: mean(models.map(({ robustness }) => robustness.rho2)),
    };
  });
  return {
    resultSha256,
    headline,
    epsilonReference: meanOrNull(seeds.flatMap(({ epsilonReference }) => epsilonReference ?? [])),
  };
}

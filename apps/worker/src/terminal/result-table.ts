import type { ModelResult, Result } from "@gambeson/contract";
import { meanAndDeviation } from "@gambeson/metrics";
import { layOut } from "./lay-out.ts";

/** The report's table as text: a model a row, and below it the standard deviations where there are several seeds. */
export function resultTable(result: Result): string {
  const factors = result.config.evaluation.accuracyAt;
  const models = result.seeds[0]?.models ?? [];
  const rows = models.flatMap(({ label }, position) => {
    const ofSeeds = result.seeds.map((seed) => seed.models[position]!);
    const cells = [
      summed(
        ofSeeds.map(({ accuracy }) => percentOf(accuracy)),
        (value) => value.toFixed(2),
      ),
      summed(
        ofSeeds.map(({ robustness }) => robustness.rho2),
        (value) => value.toExponential(2),
      ),
      ...factors.map((_, index) =>
        summed(
          ofSeeds.map((model) => accuracyAt(model, index)),
          (value) => value.toFixed(2),
        ),
      ),
    ];
    const means = [label, ...cells.map(({ mean }) => mean)];
    return result.seeds.length === 1 ? [means] : [means, ["", ...cells.map(({ deviation }) => deviation)]];
  });
  const head = ["", "Acc. %", "rho2", ...factors.map((factor) => `@${factor}`)];
  return `${layOut([head, ...rows])}\n\n${notes(result)}`;
}

function accuracyAt({ accuracyAt: found }: ModelResult, index: number): number | null {
  const accuracy = found?.[index]?.accuracy;
  return accuracy === undefined ? null : percentOf(accuracy);
}

function percentOf({ count, of }: ModelResult["accuracy"]): number {
  return (100 * count) / of;
}

/** Over the seeds that have a value; a dash where none has. */
function summed(
  values: readonly (number | null)[],
  format: (value: number) => string,
): { readonly mean: string; readonly deviation: string } {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return { mean: "-", deviation: "" };
  const { mean, deviation } = meanAndDeviation(present);
  return { mean: format(mean), deviation: deviation === null ? "" : `± ${format(deviation)}` };
}

function notes({ config, seeds }: Result): string {
  const { model, misclassified, upTo } = config.evaluation.epsilonReference;
  const label = config.regimes.find(({ id }) => id === model)?.label ?? model;
  const meaning = `where FGS makes ${label} misclassify ${100 * misclassified} % of the test images`;
  const found = seeds.map(({ epsilonReference }) => epsilonReference);
  const count = seeds.length === 1 ? "" : `Means and standard deviations over ${seeds.length} seeds.\n`;
  if (found.every((epsilon) => epsilon === null)) {
    return `${count}No eps_ref: up to ${upTo} there is no epsilon ${meaning}.`;
  }
  if (found.every((epsilon) => epsilon === 0)) {
    return `${count}eps_ref is 0, so there is nothing @: ${label} misclassifies ${100 * misclassified} % or more of the test images unattacked.`;
  }
  const { mean, deviation } = summed(found, (value) => value.toFixed(4));
  return `${count}Columns @ are accuracy in % under FGS at multiples of eps_ref = ${`${mean} ${deviation}`.trim()},\n${meaning}.`;
}

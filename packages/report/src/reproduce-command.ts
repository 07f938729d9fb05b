import type { Result } from "@gambeson/contract";

/** What stands below the command; `configFile` is what it names. */
export const REPRODUCE_NOTE =
  "config.json is this result's own: every setting, seeds included. With the same code, machine and threads the weights and numbers come out the same to the byte.";

/** The command that makes these numbers again, from the folder of the project, with `configFile` in it. */
export function reproduceCommand({ config, dataset, environment }: Result): string {
  const { threads, kernels } = environment.backend;
  return [
    "npm run gambeson -- run ./config.json",
    ...(config.dataset.name === "auto" ? [`--dataset ${dataset.name}`] : []),
    `--threads ${threads}`,
    ...(kernels === "tfjs" ? ["--kernels tfjs"] : []),
  ].join(" ");
}

/** The text of the file config.json, which `gambeson run` takes. */
export function configFile({ config }: Result): string {
  return `${JSON.stringify(config, null, 2)}\n`;
}

import type { Result } from "@gambeson/contract";

/** How far the command goes. */
export const REPRODUCE_NOTE =
  "With the same code, machine and threads the weights and numbers come out the same to the byte. If settings were changed from the preset's, run this result's file config.json in its place.";

/** The command that makes these numbers again, from the folder of the project. */
export function reproduceCommand({ config, dataset, environment, seeds }: Result): string {
  const wanted = config.dataset.name === "auto" ? dataset.name : config.dataset.name;
  const numbers = seeds.map(({ seed }) => seed);
  return [
    "npm run gambeson -- run",
    quoted(config.name),
    ...["--dataset", quoted(wanted)],
    ...seedOptions(numbers),
    ...["--threads", String(environment.backend.threads)],
  ].join(" ");
}

function seedOptions(seeds: readonly number[]): readonly string[] {
  if (seeds.length === 1) return ["--seed", String(seeds[0])];
  if (seeds.every((seed, i) => seed === i + 1)) return ["--seeds", String(seeds.length)];
  return ["--set", quoted(`seeds=${JSON.stringify(seeds)}`)];
}

/** One word of a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

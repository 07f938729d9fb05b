import { parseExperimentConfig } from "@gambeson/contract";
import { PRESETS } from "@gambeson/experiment";
import type { CommandHost } from "./command-host.ts";
import { preset } from "./experiment-source.ts";
import { prettyJson } from "./pretty-json.ts";
import { wrap } from "./warning-box.ts";

/** `gambeson presets`: what can be run by name. */
export function presetsCommand({ stdout }: CommandHost): void {
  for (const [name, { title, description }] of Object.entries(PRESETS)) {
    const lines = wrap(description, Math.min(stdout.columns(), 100) - 3);
    stdout.write(`${stdout.paint("bold", name)}  ${title}\n${lines.map((line) => `  ${line}\n`).join("")}\n`);
  }
  stdout.write("Run one:       npm run gambeson -- run <name>\n");
  stdout.write("See all of it: npm run gambeson -- presets show <name>\n");
}

/** `gambeson presets show <name>`: its config with every default written out, ready to be changed and run. */
export function presetsShowCommand(name: string, { stdout }: CommandHost): void {
  stdout.write(`${prettyJson(parseExperimentConfig(preset(name).config))}\n`);
}

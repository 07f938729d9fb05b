import { parseExperimentConfig } from "@gambeson/contract";
import { PRESETS } from "@gambeson/experiment/presets";
import type { CommandHost } from "./command-host.ts";
import { preset } from "./experiment-source.ts";
import { nearest } from "./nearest.ts";
import { prettyJson } from "../terminal/pretty-json.ts";
import { UsageError } from "./usage-error.ts";
import { wrap } from "../terminal/warning-box.ts";

/**
 * `gambeson presets`: what can be run by name.
 *
 * @throws {UsageError} If anything but "show" follows.
 */
export function presetsCommand([extra]: readonly string[], { stdout }: CommandHost): void {
  if (extra !== undefined) throw new UsageError(strayWord(extra));
  for (const [name, { title, description }] of Object.entries(PRESETS)) {
    const lines = wrap(description, Math.min(stdout.columns(), 100) - 3);
    stdout.write(`${stdout.paint("bold", name)}  ${title}\n${lines.map((line) => `  ${line}\n`).join("")}\n`);
  }
  stdout.write("Run one:       npm run gambeson -- run <name>\n");
  stdout.write("See all of it: npm run gambeson -- presets show <name>\n");
}

function strayWord(word: string): string {
  const name = nearest(word, Object.keys(PRESETS));
  const guess = name !== null ? `show ${name}` : nearest(word, ["show"]);
  return (
    `Cannot read the command line as after presets must come nothing, or show <name>: current value is "${word}"` +
    (guess === null ? "" : `; did you mean presets ${guess}?`)
  );
}

/** `gambeson presets show <name>`: its config with every default written out, ready to be changed and run. */
export function presetsShowCommand(name: string, { stdout }: CommandHost): void {
  stdout.write(`${prettyJson(parseExperimentConfig(preset(name).config))}\n`);
}

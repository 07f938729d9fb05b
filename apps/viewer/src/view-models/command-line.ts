import { settingText, type Setting } from "./config-draft.ts";

export interface CommandLineParts {
  readonly preset: string;
  /** What differs from the preset. */
  readonly settings: readonly Setting[];
  /** What to call the run; "" for the config's title. */
  readonly name: string;
  readonly tags: readonly string[];
}

/** What does in a terminal what a filled-in form does here. */
export function commandLine({ preset, settings, name, tags }: CommandLineParts): string {
  const words = [
    "submit",
    preset,
    ...settings.flatMap((setting) => ["--set", settingText(setting)]),
    ...(name === "" ? [] : ["--name", name]),
    ...tags.flatMap((tag) => ["--tag", tag]),
  ];
  return ["npm run gambeson --", ...words.map(quoted)].join(" ");
}

/** As shells take it: a word of others' choice must not become a command. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

import { parseArgs } from "node:util";
import { CONTENDER_NAMES, type ContenderName } from "./contender-names.ts";
import { PART_NAMES, type PartName } from "./part-names.ts";
import { UsageError } from "./usage-error.ts";

export interface BenchOptions {
  readonly help: boolean;
  readonly only: readonly PartName[];
  /** In the order of `CONTENDER_NAMES`; the reference is always among them. */
  readonly contenders: readonly ContenderName[];
  readonly quick: boolean;
  /** Null: as many as the mode has. */
  readonly rounds: number | null;
  readonly dataDir: string | null;
  readonly out: string;
  /** Null: no Markdown. */
  readonly markdown: string | null;
}

const OPTIONS = {
  help: { type: "boolean", short: "h", default: false },
  only: { type: "string", multiple: true },
  contenders: { type: "string", multiple: true },
  quick: { type: "boolean", default: false },
  rounds: { type: "string" },
  "data-dir": { type: "string" },
  out: { type: "string", default: "bench.json" },
  markdown: { type: "string" },
} as const;

const MOST_ROUNDS = 1000;

export const HELP = `Usage: npm run bench -- [options]

Measures our speed beside our peers': round by round, one contender after the other, and only where all give the same
answers.

  --only <part>         only these parts; a list with commas, or repeated:
                        ${PART_NAMES.join(", ")}
  --contenders <name>   only these, and ours-deno, with which all are compared:
                        ${CONTENDER_NAMES.slice(0, 6).join(", ")},
                        ${CONTENDER_NAMES.slice(6).join(", ")}
  --quick               fewer rounds, images and steps: under a minute
  --rounds <n>          how often to measure everything
  --data-dir <dir>      folder with fashion-mnist/ in it (default: $GAMBESON_DATA_DIR, then what the command line has
                        downloaded, else images drawn by code)
  --out <file>          every measurement, as JSON (default: bench.json)
  --markdown <file>     the table, for a README
  --help                this text

Peers in Python get a virtual environment of their own, apps/bench/.venv. Chromium is looked for in the usual
places and in $CHROMIUM_PATH. What cannot be started is left out, and the table says why.
Exit status: 0; 1 when something failed or an answer differs; 2 for a command line that cannot be read; 130 when
stopped.
`;

/** @throws {UsageError} If the command line cannot be read. */
export function parseOptions(
  args: readonly string[],
  env: (name: string) => string | undefined,
): BenchOptions {
  const values = readArgs(args);
  // An empty variable is as good as none.
  const variable = env("GAMBESON_DATA_DIR") ?? "";
  const asked = readNames("--contenders", values.contenders ?? [], CONTENDER_NAMES);
  return {
    help: values.help,
    only: readNames("--only", values.only ?? [], PART_NAMES),
    contenders: CONTENDER_NAMES.filter((name) => name === "ours-deno" || asked.includes(name)),
    quick: values.quick,
    rounds: values.rounds === undefined ? null : readRounds(values.rounds),
    dataDir: values["data-dir"] ?? (variable === "" ? null : variable),
    out: values.out,
    markdown: values.markdown ?? null,
  };
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const reason = error.message.split(". ")[0] ?? "";
    throw new UsageError(`Cannot read the command line as it must be as --help says: ${reason}`);
  }
}

/** @returns All names when none is asked for. */
function readNames<T extends string>(
  option: string,
  lists: readonly string[],
  known: readonly T[],
): readonly T[] {
  const asked = lists.flatMap((list) => list.split(",")).map((name) => name.trim());
  const unknown = asked.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `Cannot read ${option} as it must be of ${known.join(", ")}: current value is "${unknown}"`,
    );
  }
  return asked.length === 0 ? known : known.filter((name) => asked.includes(name));
}

function readRounds(text: string): number {
  const rounds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (rounds >= 1 && rounds <= MOST_ROUNDS) return rounds;
  throw new UsageError(
    `Cannot read --rounds as it must be a whole number from 1 to ${MOST_ROUNDS}: current value is "${text}"`,
  );
}

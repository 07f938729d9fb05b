import { Option } from "commander";
import { KERNEL_CHOICES } from "./kernel-choice.ts";
import { MOST_THREADS } from "./read-number.ts";
import { readPath } from "./read-path.ts";

/** Options that several commands have. */
export function dataDir(): Option {
  const text = "folder with fashion-mnist/ and mnist/ in it; only read (default: $GAMBESON_DATA_DIR)";
  return new Option("--data-dir <dir>", text).argParser(readPath("--data-dir"));
}

export function stateDir(text: string): Option {
  return new Option(
    "--state-dir <dir>",
    `${text} (default: $GAMBESON_STATE_DIR, else the user's own)`,
  ).argParser(readPath("--state-dir"));
}

export function threads(): Option {
  return new Option(
    "--threads <n>",
    `threads that compute, 1 to ${MOST_THREADS} (default: all cores, ${MOST_THREADS} at most)`,
  );
}

export function kernels(): Option {
  return new Option("--kernels <name>", "who computes: gambeson (fast), or tfjs (the reference)")
    .choices(KERNEL_CHOICES)
    .default(KERNEL_CHOICES[0]);
}

/** For options that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { peakMemory } from "./peak-memory.ts";

const LAUNCHER = fileURLToPath(new URL("../../../scripts/gambeson.mjs", import.meta.url));
const MEMORY_EVERY_MS = 200;

export interface ReportRun {
  /** Wall time of the whole command, its start included. */
  readonly seconds: number;
  readonly peakMemoryBytes: number | null;
}

/**
 * Runs the real command line once, from nothing: data read, everything trained, attacked, measured and drawn.
 *
 * @param args What follows `run`.
 * @param folder Where its outputs and finished work go; must be new.
 * @throws {Error} If it fails.
 */
export async function runReport(
  args: readonly string[],
  folder: string,
  { dataDir, signal }: { readonly dataDir: string | null; readonly signal: AbortSignal },
): Promise<ReportRun> {
  const places = ["--out", join(folder, "out"), "--state-dir", join(folder, "state")];
  const data = dataDir === null ? [] : ["--data-dir", dataDir];
  const startedAt = performance.now();
  const child = spawn("node", [LAUNCHER, "run", ...args, ...places, ...data], {
    stdio: ["ignore", "ignore", "pipe"],
    signal,
    killSignal: "SIGTERM",
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-1000)));
  let peak: number | null = null;
  const timer = setInterval(() => {
    if (child.pid === undefined) return;
    void peakMemory(child.pid).then((bytes) => (peak = bytes === null ? peak : Math.max(peak ?? 0, bytes)));
  }, MEMORY_EVERY_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", resolve);
    });
    const seconds = (performance.now() - startedAt) / 1000;
    if (code === 0) return { seconds, peakMemoryBytes: peak };
    throw new Error(`Cannot measure the report as it must succeed: current value is ${code}, ${said.trim()}`);
  } finally {
    clearInterval(timer);
  }
}

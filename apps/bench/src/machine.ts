import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from "node:os";
import type { Machine } from "./bench-result.ts";

/** The machine as it is now. */
export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? "an unknown processor",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    platform: `${platform()} ${arch()}`,
    loadBefore: loadavg()[0] ?? 0,
  };
}

/** True when other work had a good part of the cores before the bench began. */
export function isBusy({ cores, loadBefore }: Pick<Machine, "cores" | "loadBefore">): boolean {
  return loadBefore > cores / 4;
}

export const BUSY_WARNING =
  "WARNING: this machine is busy with other work. Threads that wait for each other suffer most of all, PyTorch's far more than " +
  "ours (a step took up to 60 times its time): measure on a quiet machine.";

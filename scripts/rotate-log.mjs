// Keeps a log file from growing for ever. One process does it for all that write the file.
import { copyFileSync, statSync, truncateSync } from "node:fs";
import { setInterval } from "node:timers";

const MOST_BYTES = 16 * 1024 * 1024;
const LOOK_MS = 60_000;

/** Looks now, and once a minute from now on. */
export function keepLogSmall(path) {
  rotateLog(path);
  setInterval(() => rotateLog(path), LOOK_MS).unref();
}

/**
 * Copies a log that has grown large to `.1`, and empties it: those that write at its end go on with the same file. A line that comes
 * between the two is lost; no failure is worth more than a log.
 */
export function rotateLog(path) {
  try {
    if (statSync(path).size <= MOST_BYTES) return;
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
  } catch {
    // There is none yet, or the disk is full: later, then.
  }
}

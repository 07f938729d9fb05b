import { readdir, readFile } from "node:fs/promises";

/**
 * The most memory that a process or one of those it started has held at once, in bytes: the largest of their VmHWM.
 *
 * @returns Null where there is no /proc, or the process is gone.
 */
export async function peakMemory(pid: number): Promise<number | null> {
  const family = await withDescendants(pid);
  const peaks = await Promise.all(family.map(highWaterMark));
  const known = peaks.filter((peak) => peak !== null);
  return known.length === 0 ? null : Math.max(...known);
}

async function highWaterMark(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}

async function withDescendants(pid: number): Promise<readonly number[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(parentOf));
  const family = [pid];
  for (const member of family)
    pids.forEach((child, index) => parents[index] === member && family.push(child));
  return family;
}

/** The fourth field of stat; the second is a name in parentheses, which may hold anything. */
async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

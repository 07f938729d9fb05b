import type { DatasetFiles } from "../dataset-files.ts";

/** Files in memory, by path. */
export interface MemoryFiles extends DatasetFiles {
  readonly entries: Map<string, Uint8Array<ArrayBuffer>>;
}

export function createMemoryFiles(initial: Record<string, Uint8Array<ArrayBuffer>> = {}): MemoryFiles {
  const entries = new Map(Object.entries(initial));
  const settle = <T>(action: () => T) =>
    new Promise<T>((resolve) => {
      resolve(action());
    });
  return {
    entries,
    read: (path) => settle(() => entries.get(path)?.slice() ?? null),
    size: (path) => settle(() => entries.get(path)?.length ?? null),
    append: (path, bytes) =>
      settle(() => void entries.set(path, concat(entries.get(path) ?? new Uint8Array(), bytes))),
    rename: (from, to) =>
      settle(() => {
        const bytes = entries.get(from);
        if (bytes === undefined) throw new Error(`no such file: ${from}`);
        entries.set(to, bytes);
        entries.delete(from);
      }),
    remove: (path) => settle(() => void entries.delete(path)),
  };
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

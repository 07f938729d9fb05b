/** Keeps what was made last, `most` entries; who asks for one that is being made waits for it. What could not be made is not kept. */
export function boundedCache<T>(most: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const entries = new Map<string, Promise<T>>();
  return (key, make) => {
    const entry = entries.get(key) ?? make();
    entries.delete(key);
    entries.set(key, entry);
    entry.catch(() => entries.delete(key));
    const [oldest] = entries.keys();
    if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    return entry;
  };
}

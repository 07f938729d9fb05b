/** Asks for positions of images that fit, from `from` on, rising; `next` is where the next page begins, null on the last one. */
export type AskPositions = (
  from: number,
  limit: number,
) => Promise<{ readonly positions: readonly number[]; readonly next: number | null }>;

/** Most that the server gives at once. */
const MOST = 1000;

/**
 * Where the page begins that ends before a position: the list is asked from ever farther back, as it can be read forwards only.
 *
 * @param before Position in the test set, 0 or more.
 * @param size Images a page.
 * @returns 0 where no whole page lies before it.
 */
export async function pageBefore(
  ask: AskPositions,
  { before, size }: { readonly before: number; readonly size: number },
): Promise<number> {
  for (let reach = 4 * size; ; reach *= 4) {
    const start = Math.max(0, before - reach);
    const found = await positionsBetween(ask, start, before);
    if (found.length >= size) return found[found.length - size]!;
    if (start === 0) return 0;
  }
}

async function positionsBetween(ask: AskPositions, start: number, end: number): Promise<readonly number[]> {
  const found: number[] = [];
  let from: number | null = start;
  while (from !== null && from < end) {
    const page: Awaited<ReturnType<AskPositions>> = await ask(from, Math.min(MOST, end - from));
    found.push(...page.positions.filter((position) => position < end));
    from = page.next;
  }
  return found;
}

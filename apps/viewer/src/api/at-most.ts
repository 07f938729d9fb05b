/**
 * Does work for each of many things, never more than `most` at a time.
 *
 * @returns What came of each, in the things' order.
 * @throws What the first failure threw; what was not begun by then is left out.
 */
export async function atMost<T, R>(
  most: number,
  things: readonly T[],
  work: (thing: T) => Promise<R>,
): Promise<readonly R[]> {
  const done: R[] = [];
  let next = 0;
  let hasFailed = false;
  const lane = async () => {
    while (next < things.length && !hasFailed) {
      const at = next++;
      try {
        done[at] = await work(things[at]!);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: most }, lane));
  return done;
}

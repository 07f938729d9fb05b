/** @throws {RangeError} If the named arrays do not all have the first one's length. */
export function requireSameLength(task: string, arrays: Readonly<Record<string, ArrayLike<unknown>>>): void {
  const [first, ...others] = Object.entries(arrays);
  if (first === undefined) return;
  const [firstName, { length }] = first;
  for (const [name, array] of others) {
    if (array.length === length) continue;
    throw new RangeError(
      `Cannot ${task} as '${name}' must be as long as '${firstName}' (${length}): current value is ${array.length}`,
    );
  }
}

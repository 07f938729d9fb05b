/**
 * Keeps the kernels, which check nothing, within their memory.
 *
 * @throws {RangeError} "Cannot `doing` as `what` must be `wanted`: current value is `value`", if `holds` is false.
 */
export function checkRange(
  holds: boolean,
  { doing, what, wanted, value }: { doing: string; what: string; wanted: string; value: number | string },
): void {
  if (holds) return;
  throw new RangeError(`Cannot ${doing} as ${what} must be ${wanted}: current value is ${value}`);
}

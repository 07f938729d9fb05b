/** Tensors whose shapes do not fit each other. */
export class ShapeError extends TypeError {
  readonly code = "SHAPE_MISMATCH";

  constructor(message: string) {
    super(message);
    this.name = "ShapeError";
  }
}

/**
 * @param expected Sizes; -1 fits any size.
 * @throws {ShapeError} If `actual` has another rank, or another size where `expected` names one.
 */
export function checkShape(what: string, actual: readonly number[], expected: readonly number[]): void {
  const fits =
    actual.length === expected.length && expected.every((size, axis) => size === -1 || size === actual[axis]);
  if (fits) return;
  const wanted = expected.map((size) => (size === -1 ? "any" : size)).join(", ");
  throw new ShapeError(
    `Cannot use ${what} as its shape must be [${wanted}]: current value is [${actual.join(", ")}]`,
  );
}

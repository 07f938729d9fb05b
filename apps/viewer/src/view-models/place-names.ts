type Place = readonly [x: number, y: number];

/** A box around its middle. */
interface Box {
  readonly middle: Place;
  readonly width: number;
  readonly height: number;
}

/** Something to be named, and where its name could stand. */
export interface Named {
  readonly name: string;
  /** Middles to choose from, the best first. */
  readonly places: readonly Place[];
}

export interface NamePlacing {
  /** Sides of the square that names stay on. */
  readonly side: number;
  readonly widthOf: (name: string) => number;
  readonly height: number;
  /** Where no name may stand. */
  readonly taken: readonly Box[];
}

/**
 * Puts names on a square so that none runs over the edge or over another: each on the first of its places that is free, those that come
 * first before others.
 *
 * @returns The middle of each; null for a name that no place is left for.
 */
export function placeNames(
  named: readonly Named[],
  { side, widthOf, height, taken }: NamePlacing,
): readonly (Place | null)[] {
  const boxes = [...taken];
  return named.map(({ name, places }) => {
    const width = widthOf(name);
    if (width > side) return null;
    for (const [x, y] of places) {
      const middle = [within(x, width / 2, side), within(y, height / 2, side)] as const;
      const box = { middle, width, height };
      if (boxes.some((other) => areOver(box, other))) continue;
      boxes.push(box);
      return middle;
    }
    return null;
  });
}

function within(value: number, half: number, side: number): number {
  return Math.min(Math.max(value, half), side - half);
}

function areOver(a: Box, b: Box): boolean {
  return (
    Math.abs(a.middle[0] - b.middle[0]) < (a.width + b.width) / 2 &&
    Math.abs(a.middle[1] - b.middle[1]) < (a.height + b.height) / 2
  );
}

/** Shapes are closed polygons in garment space: x from -1 (left) to 1, y from -1 (top) to 1. */
export type Point = readonly [x: number, y: number];
export type Outline = readonly Point[];

/** The closed, left-right symmetric shape whose right half runs from the top of the axis to its bottom. */
export function mirrored(rightHalf: Outline): Outline {
  return [...rightHalf, ...mirror(rightHalf).toReversed()];
}

/** The same shape on the other side of the axis. */
export function mirror(outline: Outline): Outline {
  return outline.map(([x, y]) => [-x, y]);
}

/** Rounds the corners by cutting each at a quarter of its edges, twice. Source: Chaikin 1974. */
export function rounded(outline: Outline): Outline {
  return cutCorners(cutCorners(outline));
}

function cutCorners(outline: Outline): Outline {
  return outline.flatMap(([x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length]!;
    return [
      [x + (nextX - x) / 4, y + (nextY - y) / 4],
      [x + ((nextX - x) * 3) / 4, y + ((nextY - y) * 3) / 4],
    ] as const;
  });
}

/** A band of the given width along a path: a strap, a handle, a seam. */
export function band(path: readonly Point[], width: number): Outline {
  const sides = path.map((point, index) => {
    const [x0, y0] = path[Math.max(index - 1, 0)]!;
    const [x1, y1] = path[Math.min(index + 1, path.length - 1)]!;
    const scale = width / 2 / Math.sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2);
    const [across, along] = [(y1 - y0) * scale, (x1 - x0) * scale];
    return {
      left: [point[0] + across, point[1] - along],
      right: [point[0] - across, point[1] + along],
    } as const;
  });
  return [...sides.map(({ left }) => left), ...sides.map(({ right }) => right).toReversed()];
}

/** Points on the upper half of an ellipse, from left to right: a parabola, to stay with exact arithmetic. */
export function arch(left: Point, right: Point, height: number): readonly Point[] {
  return Array.from({ length: 9 }, (_, index) => {
    const t = index / 8;
    return [
      left[0] + (right[0] - left[0]) * t,
      left[1] + (right[1] - left[1]) * t - 4 * height * t * (1 - t),
    ] as const;
  });
}

/** The rectangle between two corners. */
export function box(left: number, top: number, right: number, bottom: number): Outline {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

import { csv } from "@gambeson/report";
import { fourDecimalsText, numberText } from "@gambeson/elements/numbers";
import type { BoundaryMap } from "../playground/protocol.ts";
import { placeNames } from "./place-names.ts";

/** A boundary map as shapes on a square of 100 x 100, y downwards. */
export interface PlayMap {
  readonly regions: readonly MapRegion[];
  /** SVG path of the lines between classes. */
  readonly boundary: string;
  /** DeepFool's states. */
  readonly walk: readonly Place[];
  /** FGS's way from the image to the edge of the map. */
  readonly fgs: readonly [from: Place, to: Place];
  /** Where FGS of the epsilon in question stands; null where it leaves the map. */
  readonly fgsAt: Place | null;
  /** How long a round share of |x| is. */
  readonly scale: { readonly length: number; readonly text: string };
  /** What the map shows, in words. */
  readonly summary: string;
  /** The class of every cell as CSV, made when it is asked for: its middle, to the right and upwards in shares of |x|, a cell a row. */
  readonly csv: () => string;
}
type Place = readonly [x: number, y: number];

export interface MapRegion {
  readonly class: number;
  readonly name: string;
  /** SVG path of its cells. */
  readonly path: string;
  /** Middle of its name; null where there is no room for it. */
  readonly nameAt: Place | null;
  /** Share of the map that it covers. */
  readonly share: number;
}

/** Sides of the square that shapes are drawn on. */
export const MAP_SIDE = 100;

/** Size of letters. */
export const MAP_LETTER = 6;
/** Bold letters are about so wide, for their size; and a name has a rim. */
const [LETTER_WIDTH, RIM] = [0.68, 1];
/** A region that covers less has no room for its name. */
const LEAST_NAMED = 0.02;

/** Rows reach so far into the next one that no seam is seen. */
const OVERLAP = 0.1;

export interface PlayMapOptions {
  readonly classNames: readonly string[];
  /** |Dx|/|x| of FGS's image; null for none. */
  readonly fgsRho: number | null;
}

export function playMap(map: BoundaryMap, { classNames, fgsRho }: PlayMapOptions): PlayMap {
  const place = placing(map);
  const [alongFgs, acrossFgs] = map.fgs;
  const fgsPlace = fgsRho === null ? null : place([fgsRho * alongFgs, fgsRho * acrossFgs]);
  const edge = Math.min(reachOf(map.right, alongFgs), reachOf(map.up, acrossFgs));
  return {
    ...shapesOf(map, classNames),
    walk: map.walk.map(place),
    fgs: [place([0, 0]), place([edge * alongFgs, edge * acrossFgs])],
    fgsAt: fgsPlace?.every((value) => value >= 0 && value <= MAP_SIDE) === true ? fgsPlace : null,
    scale: scaleOf(map),
    summary: summaryOf(map, classNames),
    csv: () => csvOf(map, classNames),
  };
}

type Shapes = Pick<PlayMap, "regions" | "boundary">;
/** A map's shapes stay while FGS's place on it moves with a slider. */
const shapes = new WeakMap<BoundaryMap, Shapes>();

function shapesOf(map: BoundaryMap, classNames: readonly string[]): Shapes {
  const known = shapes.get(map);
  if (known !== undefined) return known;
  const present = [...new Set(map.classes)].sort((a, b) => a - b);
  const regions = present.map((k) => regionOf(map, k, classNames[k] ?? String(k)));
  const made = { regions: withNames(regions, scaleOf(map)), boundary: boundaryOf(map) };
  shapes.set(map, made);
  return made;
}

function csvOf({ size, right, up, classes }: BoundaryMap, classNames: readonly string[]): string {
  const middle = ([from, to]: readonly [number, number], index: number) =>
    from + ((to - from) * (index + 0.5)) / size;
  return csv([
    ["right", "up", "class"],
    ...Array.from(classes, (k, at) => [
      middle(right, at % size),
      middle(up, Math.floor(at / size)),
      classNames[k] ?? String(k),
    ]),
  ]);
}

function placing({ right, up }: BoundaryMap): (point: readonly [number, number]) => Place {
  return ([x, y]) => [
    (MAP_SIDE * (x - right[0])) / (right[1] - right[0]),
    (MAP_SIDE * (up[1] - y)) / (up[1] - up[0]),
  ];
}

/** How far one may go in a direction before the map ends. */
function reachOf([from, to]: readonly [number, number], part: number): number {
  if (part === 0) return Infinity;
  return (part > 0 ? to : from) / part;
}

/** The class of a cell, rows counted from the top. */
function classAt({ size, classes }: BoundaryMap, column: number, row: number): number {
  return classes[(size - 1 - row) * size + column]!;
}

/** A region, and the middles of its cells. */
type Region = Omit<MapRegion, "nameAt"> & { readonly cells: readonly Place[] };

function regionOf(map: BoundaryMap, k: number, name: string): Region {
  const { size } = map;
  const cell = MAP_SIDE / size;
  const cells: Place[] = [];
  let path = "";
  for (let row = 0; row < size; row++) {
    for (let column = 0, run = 0; column < size; column++) {
      if (classAt(map, column, row) !== k) continue;
      cells.push([cell * (column + 0.5), cell * (row + 0.5)]);
      run++;
      if (column + 1 < size && classAt(map, column + 1, row) === k) continue;
      path += `M${short(cell * (column + 1 - run))},${short(cell * row)}h${short(cell * run)}v${short(cell + OVERLAP)}h${short(-cell * run)}z`;
      run = 0;
    }
  }
  return { class: k, name, path, cells, share: cells.length / (size * size) };
}

/** Names the regions that are large enough, the largest first. */
function withNames(regions: readonly Region[], scale: PlayMap["scale"]): readonly MapRegion[] {
  const named = regions
    .filter(({ share }) => share >= LEAST_NAMED)
    .sort((a, b) => b.share - a.share)
    .map((region) => ({ region, name: region.name, places: namePlaces(region.cells) }));
  const height = MAP_LETTER + RIM;
  const widthOf = (text: string) => LETTER_WIDTH * MAP_LETTER * text.length + 2 * RIM;
  // The scale stands in the lower left corner.
  const right = 2 * MAP_LETTER + scale.length + widthOf(scale.text);
  const taken = [{ middle: [right / 2, MAP_SIDE - height / 2], width: right, height: 1.5 * height }] as const;
  const middles = placeNames(named, { side: MAP_SIDE, widthOf, height, taken });
  return regions.map((region) => {
    const { class: k, name, path, share } = region;
    const at = named.findIndex((one) => one.region === region);
    return { class: k, name, path, share, nameAt: middles[at] ?? null };
  });
}

/** Where names are not in the way: below DeepFool's walk, which runs along the middle, and above the scale. */
const FREE = [0.6, 0.87] as const;

/** A region's cells for its name: those where it is not in the way before others, the nearest to their mean first. */
function namePlaces(cells: readonly Place[]): readonly Place[] {
  const isFree = ([, y]: Place) => y > FREE[0] * MAP_SIDE && y < FREE[1] * MAP_SIDE;
  return [
    ...byDistanceToMean(cells.filter(isFree)),
    ...byDistanceToMean(cells.filter((cell) => !isFree(cell))),
  ];
}

function byDistanceToMean(cells: readonly Place[]): readonly Place[] {
  const mean = [0, 1].map((axis) => cells.reduce((sum, place) => sum + place[axis]!, 0) / cells.length);
  const far = ([x, y]: Place) => Math.hypot(x - mean[0]!, y - mean[1]!);
  return [...cells].sort((a, b) => far(a) - far(b));
}

/** Between each two cells of different classes, their common side. */
function boundaryOf(map: BoundaryMap): string {
  const { size } = map;
  const cell = MAP_SIDE / size;
  let path = "";
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const here = classAt(map, column, row);
      if (column > 0 && classAt(map, column - 1, row) !== here) {
        path += `M${short(cell * column)},${short(cell * row)}v${short(cell)}`;
      }
      if (row > 0 && classAt(map, column, row - 1) !== here) {
        path += `M${short(cell * column)},${short(cell * row)}h${short(cell)}`;
      }
    }
  }
  return path;
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}

function scaleOf({ right: [from, to] }: BoundaryMap): PlayMap["scale"] {
  const share = roundShare((to - from) / 3);
  return { length: (MAP_SIDE * share) / (to - from), text: `${numberText(share)} |x|` };
}

/** 1, 2 or 5 times a power of ten, at most `most`. */
function roundShare(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((factor) => factor * power).find((share) => share <= most) ?? power;
}

function summaryOf(map: BoundaryMap, classNames: readonly string[]): string {
  const nameAt = (point: readonly [number, number]) => {
    const [x, y] = placing(map)(point);
    const cellOf = (value: number) =>
      Math.min(map.size - 1, Math.max(0, Math.floor((map.size * value) / MAP_SIDE)));
    const k = classAt(map, cellOf(x), cellOf(y));
    return classNames[k] ?? String(k);
  };
  const end = map.walk.at(-1)!;
  return `${nameAt([0, 0])} around the image; DeepFool ends in ${nameAt(end)}, ${fourDecimalsText(Math.hypot(...end))} |x| away.`;
}

import { expect, test } from "vitest";
import type { BoundaryMap, DeepFoolTrail } from "../playground/protocol.ts";
import { deepFoolViews, fgsViews, spokenViews, type PlayFindings } from "./play-model-views.ts";

const state = (predicted: number, rho: number, towards: number | null) => ({
  probabilities: Float32Array.from([0, 1], (k) => (k === predicted ? 0.75 : 0.25)),
  predicted,
  pixels: Float32Array.of(rho),
  rho,
  towards,
});
const SHORT: DeepFoolTrail = { states: [state(0, 0, null), state(1, 0.02, 1)], fooled: true };
const LONG: DeepFoolTrail = {
  states: [state(0, 0, null), state(0, 0.03, 1), state(0, 0.05, 1)],
  fooled: false,
};

const FINDINGS: PlayFindings = {
  models: [
    { id: "vanilla", label: "Vanilla" },
    { id: "deep-defense", label: "Deep Defense" },
  ],
  classNames: ["Shirt", "Coat"],
  label: 0,
  pixels: Float32Array.of(0),
  curves: [],
  trails: [SHORT, LONG],
  maps: null,
  fgs: [state(1, 0.1, null), state(0, 0.1, null)],
  isClipped: false,
};
/** Two cells a side, all of class 0. */
const MAP: BoundaryMap = {
  ...{ size: 2, right: [-0.1, 0.3], up: [-0.2, 0.2], classes: new Uint8Array(4), fgs: [0, 1] },
  walk: [[0, 0]],
};

test("fgsViews() says of every model whether it holds, and by how much its image was changed", () => {
  expect(fgsViews(FINDINGS)).toMatchObject([
    {
      label: "Vanilla",
      style: 0,
      verdict: { kind: "fooled" },
      facts: ["|Δx| / |x| = 0.1000"],
      map: undefined,
    },
    { label: "Deep Defense", style: 1, verdict: { kind: "holds" } },
  ]);
});

test("fgsViews() show where FGS's image lies on the map, but of one that is clipped", () => {
  const places = (isClipped: boolean) =>
    fgsViews({ ...FINDINGS, maps: [MAP, MAP], isClipped }).map(({ map }) => map!.fgsAt);
  // 0.1 |x| upwards of the image, which stands in the middle, on a map of 0.4 |x|.
  expect(places(false)[0]!.map(Math.round)).toEqual([25, 25]);
  expect(places(true)).toEqual([null, null]);
});

test("spokenViews() says what every model makes of the image", () => {
  expect(spokenViews(fgsViews(FINDINGS))).toBe(
    "Vanilla fooled → Coat 75.0%; Deep Defense holds: Shirt 75.0%",
  );
});

test("deepFoolViews() shows each model at a step, or at its own last one", () => {
  expect(deepFoolViews(FINDINGS, 0).map(({ facts }) => facts)).toEqual([
    ["|Δx| / |x| = 0.0000", "Step 0 of 1: heads for Coat."],
    ["|Δx| / |x| = 0.0000", "Step 0 of 2: heads for Coat."],
  ]);
  expect(deepFoolViews(FINDINGS, 2).map(({ facts, verdict }) => [verdict.kind, ...facts])).toEqual([
    ["fooled", "|Δx| / |x| = 0.0200", "Step 1 of 1: headed for Coat."],
    [
      "holds",
      "|Δx| / |x| = 0.0500",
      "Step 2 of 2: headed for Coat.",
      "The steps ended before any boundary was crossed.",
    ],
  ]);
});

test("deepFoolViews() tells of images that cannot be moved or have no length", () => {
  const stuck: DeepFoolTrail = { states: [state(0, 0, null), state(0, 0, null)], fooled: false };
  const blank: DeepFoolTrail = { states: [{ ...state(0, 0, null), rho: null }], fooled: false };
  const views = deepFoolViews({ ...FINDINGS, trails: [stuck, blank], maps: [null, null] }, 1);
  expect(views.map(({ facts, map }) => [map, facts[0], facts[1]])).toEqual([
    [null, "|Δx| / |x| = 0.0000", "Step 1 of 1: no class is in reach."],
    [null, "A blank image: no |Δx| / |x|.", "DeepFool takes no step."],
  ]);
});

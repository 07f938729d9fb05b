import { expect, test } from "vitest";
import type { LoadedImage } from "../api/load-images.ts";
import { fgsPixels, loadedItems } from "./loaded-items.ts";

const IMAGE: LoadedImage = {
  row: {
    ...{ seed: 1, model: "vanilla", index: 7, label: 2, predicted: 2, probability: 0.9 },
    deepFool: { predicted: 4, probability: 0.5, fooled: true, steps: 2, norm: 0.1, rho: 0.125 },
    fgs: { predicted: 3, probability: 0.75 },
  },
  ...{ height: 1, width: 3 },
  original: Float32Array.of(0, 0.5, 0),
  deepFool: Float32Array.of(0.25, 0.5, 0),
  // Up, down, not moved.
  wholeFgs: Float32Array.of(1, -0.5, 0),
};
const STEP = { epsilon: 0.25, askedAt: 0.25, clip: false };

test("loadedItems() puts what attacks made beside the original, with what the model sees", () => {
  const [item] = loadedItems([IMAGE], STEP);
  expect(item).toMatchObject({ index: 7, label: 2, width: 3, height: 1 });
  expect(
    item!.views.map(({ name, predicted, probability, rho, wasWrongBefore, pixels }) => [
      ...[name, predicted, probability, rho, wasWrongBefore],
      [...pixels],
    ]),
  ).toEqual([
    ["original", 2, 0.9, undefined, false, [0, 0.5, 0]],
    ["DeepFool", 4, 0.5, 0.125, false, [0.25, 0.5, 0]],
    // |(0.25, -0.25, 0)| / 0.5 is the root of 1/2.
    ["FGS, ε 0.2500", 3, 0.75, Math.SQRT1_2, false, [0.25, 0.25, 0]],
  ]);
});

test("loadedItems() says nothing of what FGS does where the model was not asked", () => {
  const [item] = loadedItems([{ ...IMAGE, row: { ...IMAGE.row, predicted: 1 } }], { ...STEP, epsilon: 0.5 });
  expect(item!.views[2]).toMatchObject({ predicted: null, probability: null, wasWrongBefore: true });
});

test("fgsPixels() keeps pixels in [0, 1] where it clips", () => {
  const original = Float32Array.of(0.25, 0.75, 0.5);
  const whole = Float32Array.of(0, 1, 0.5);
  expect([...fgsPixels(original, whole, { epsilon: 0.5, clip: true })]).toEqual([0, 1, 0.5]);
  expect([...fgsPixels(original, whole, { epsilon: 0.125, clip: true })]).toEqual([0.125, 0.875, 0.5]);
});

test("loadedItems() has no length for a blank image", () => {
  const [item] = loadedItems([{ ...IMAGE, original: new Float32Array(3) }], STEP);
  expect(item!.views[2]!.rho).toBeNull();
});

import { damagedBytes } from "@gambeson/contract/testing/damaged-bytes";
import { fuzzParser } from "@gambeson/contract/testing/fuzz-parser";
import { mlpLayers, mlpSizes, requireFinite } from "@gambeson/models/mlp-layers";
import { readSafetensors, writeSafetensors } from "@gambeson/models/safetensors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "../state/refusal.ts";
import { checkWeights } from "./check-weights.ts";
import { safetensorsOf, WEIGHTS } from "./testing/served-run.ts";

const MOST = 20;
const WITHOUT_BIAS = safetensorsOf({
  "dense0.weight": [
    [2, 3],
    [1, 2, 3, 4, 5, 6],
  ],
});

const layerName = fc.constantFrom(
  ...["dense0.weight", "dense0.bias", "dense1.weight", "dense1.bias", "dense2.weight", "dense00.weight"],
  ...[
    "dense-1.weight",
    "dense1e9.weight",
    "dense99999999999999999999.weight",
    "conv.weight",
    "x".repeat(5000),
    "\u2028\n",
  ],
);
const value = fc.oneof(
  { weight: 20, arbitrary: fc.constant(1) },
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 1e38),
);
const tensor = fc
  .record({
    shape: fc.array(fc.nat(3), { maxLength: 3 }),
    isFloat: fc.nat(9),
    values: fc.array(value, { minLength: 27, maxLength: 27 }),
  })
  .map(({ shape, isFloat, values }) => {
    const data = values.slice(
      0,
      shape.reduce((product, side) => product * side, 1),
    );
    return isFloat > 0
      ? { dtype: "F32" as const, shape, data: Float32Array.from(data) }
      : { dtype: "U8" as const, shape, data: new Uint8Array(data.length) };
  });
/** Sound files, of tensors that are an MLP's, nearly or not at all. */
const almostWeights = fc
  .uniqueArray(fc.tuple(layerName, tensor), { selector: ([name]) => name, maxLength: 4 })
  .map((tensors) => writeSafetensors(tensors.map(([name, of]) => ({ name, ...of }))));
/** Layers that fit each other, with a weight somewhere that may be none. */
const fittingWeights = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 }),
    fc.array(value, { minLength: 9, maxLength: 9 }),
  )
  .map(([sizes, values]) =>
    safetensorsOf(
      Object.fromEntries(
        sizes.slice(1).map((size, layer) => {
          const shape = [sizes[layer]!, size];
          return [`dense${layer}.weight`, [shape, values.slice(0, shape[0]! * size)]] as const;
        }),
      ),
    ),
  );

test("checkWeights() takes of malformed weights what the readers of a whole file take, or refuses them", async () => {
  const { accepted, refused } = await fuzzParser(
    fc.oneof({ weight: 2, arbitrary: damagedBytes(WEIGHTS, WITHOUT_BIAS) }, almostWeights, fittingWeights),
    async (bytes) => {
      const file = {
        size: bytes.length,
        read: (from: number, to: number) => Promise.resolve(bytes.slice(from, to)),
      };
      const found = await checkWeights(file, MOST).catch((error: unknown) => error as Error);
      const expected = sizesOf(bytes);
      expect(found instanceof Error).toBe(expected === null);
      if (found instanceof Error) throw found;
      expect(found).toEqual(expected);
    },
    [Refusal],
  );
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
});

/** What the file's layers are, read whole; null where they are none, or too many. */
function sizesOf(bytes: Uint8Array): number[] | null {
  try {
    const { tensors } = readSafetensors(bytes);
    const sizes = mlpSizes(mlpLayers(tensors));
    let weights = 0;
    for (const [name, { data }] of tensors) {
      requireFinite(name, data);
      weights += data.length;
    }
    return weights <= MOST ? sizes : null;
  } catch {
    return null;
  }
}

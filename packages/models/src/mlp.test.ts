import fc from "fast-check";
import {
  createRandom,
  scoped,
  ShapeError,
  startBackend,
  stopBackend,
  tf,
  type Tensor,
  type Tensor2D,
} from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstLayerGeometry, pixelGeometry, withGram } from "./geometry.ts";
import { initialMlpParameters, mlp } from "./mlp.ts";
import { predictedClasses } from "./predict.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

/** Weights of ordinary size, and points. Freed by the scope. */
function world(sizes: readonly number[], count: number, seed: number) {
  const random = createRandom(seed, "world");
  const parameters = initialMlpParameters(sizes, random, 0.6);
  const points = tf.tensor2d(
    Float32Array.from({ length: count * sizes[0]! }, () => random.uniform()),
    [count, sizes[0]!],
  );
  return { model: mlp(parameters), points };
}

describe("mlp()", () => {
  test("computes relu(x W1 + b1) W2 + b2, by hand", () => {
    scoped(() => {
      const model = mlp([
        tf.tensor2d([
          [1, -1],
          [2, 1],
        ]),
        tf.tensor1d([0.5, 0]),
        tf.tensor2d([
          [1, 2, 3],
          [10, 20, 30],
        ]),
        tf.tensor1d([0, 0, 1]),
      ]);
      // x = [1, 2]: z = [5.5, 1]; x = [2, 1]: z = [4.5, -1], and relu(-1) = 0.
      const logits = model
        .logits(
          tf.tensor2d([
            [1, 2],
            [2, 1],
          ]),
        )
        .arraySync();
      expect(logits).toEqual([
        [15.5, 31, 47.5],
        [4.5, 9, 14.5],
      ]);
      expect([...predictedClasses(model, tf.tensor2d([[1, 2]]))]).toEqual([2]);
    });
  });

  test.each([[[6, 4]], [[6, 5, 4]], [[6, 5, 7, 4]]])(
    "pulls covectors back as automatic differentiation does: %j",
    (sizes) => {
      scoped(() => {
        const { model, points } = world(sizes, 9, 1);
        const weights = tf.tensor3d(
          Float32Array.from({ length: 9 * 3 * 4 }, (_, i) => Math.sin(i)),
          [9, 3, 4],
        );
        const { logits, pullBack } = model.linearise(points);
        expect([...logits.dataSync()]).toEqual([...model.logits(points).dataSync()]);
        const pulled = pullBack(weights);
        expect(pulled.shape).toEqual([9, 3, 6]);
        tf.unstack(weights, 1).forEach((row, index) => {
          const expected = tf.grad((x) => tf.sum(tf.mul(model.logits(x as Tensor2D), row)))(points);
          const actual = tf.squeeze<tf.Tensor2D>(tf.slice(pulled, [0, index, 0], [9, 1, 6]), [1]);
          expect(tf.max(tf.abs(tf.sub(expected, actual))).dataSync()[0]).toBeLessThan(1e-5);
        });
      });
    },
  );

  test("lets gradients of its slope reach the parameters", () => {
    scoped(() => {
      const { model, points } = world([4, 6, 3], 5, 2);
      // The biases do not enter the slope, so the gradients are those in the two weights.
      const [w0, b0, w1, b1] = model.parameters as [Tensor, Tensor, Tensor, Tensor];
      const withWeights = (first: Tensor, second: Tensor) => model.withParameters([first, b0, second, b1]);
      const ones = tf.ones<tf.Rank.R3>([5, 1, 3]);
      const slopeSquared = (...weights: Tensor[]) =>
        tf.sum<tf.Scalar>(tf.square(withWeights(weights[0]!, weights[1]!).linearise(points).pullBack(ones)));
      // The same by differentiating twice.
      const twice = (...weights: Tensor[]) =>
        tf.sum<tf.Scalar>(
          tf.square(
            tf.grad((x) => tf.sum(withWeights(weights[0]!, weights[1]!).logits(x as Tensor2D)))(points),
          ),
        );
      const [once, again] = [slopeSquared, twice].map((f) => tf.grads(f)([w0, w1]));
      once!.forEach((gradient, index) => {
        expect(tf.max(tf.abs(tf.sub(gradient, again![index]!))).dataSync()[0]).toBeLessThan(1e-4);
      });
      expect(tf.max(tf.abs(once![0]!)).dataSync()[0]).toBeGreaterThan(0.01);
    });
  });

  test("refuses layers that do not fit", () => {
    scoped(() => {
      const layer = (inputs: number, outputs: number) => [tf.zeros([inputs, outputs]), tf.zeros([outputs])];
      expect(() => mlp([])).toThrow(ShapeError);
      expect(() => mlp(layer(3, 2).slice(1))).toThrow("current value is 1 tensors");
      expect(() => mlp([...layer(3, 2), ...layer(3, 2)])).toThrow(
        "dense1.weight as its shape must be [2, any]",
      );
      expect(() => mlp([tf.zeros([3, 2]), tf.zeros([3])])).toThrow("dense0.bias as its shape must be [2]");
    });
  });
});

describe("a geometry", () => {
  test.each(["pixels", "first-layer"] as const)(
    "%s: raise() and toPixels() mean one displacement",
    (kind) => {
      fc.assert(
        fc.property(fc.nat(1000), (seed) => {
          scoped(() => {
            const { model, points: images } = world([7, 5, 4], 3, seed);
            const geometry = kind === "pixels" ? pixelGeometry(model) : firstLayerGeometry(model);
            const start = geometry.start(images);
            const weights = tf.tensor3d([[[1, 0, 0, 0]], [[0, 1, 0, 0]], [[0, 0, -2, 1]]]);
            const covectors: Tensor2D = tf.squeeze(geometry.linearise(start).pullBack(weights), [1]);
            const pixels = geometry.toPixels(covectors);
            // Moving images by toPixels(v) moves points by raise(v).
            const moved = tf.sub(geometry.start(tf.add(images, pixels)), start);
            expect(tf.max(tf.abs(tf.sub(moved, geometry.raise(covectors)))).dataSync()[0]).toBeLessThan(1e-4);
            // <v, raise(v)> is the squared length in pixels.
            const lengths = tf.sum(tf.mul(covectors, geometry.raise(covectors)), 1);
            const squares = tf.sum(tf.square(pixels), 1);
            expect(tf.max(tf.abs(tf.sub(lengths, squares))).dataSync()[0]).toBeLessThan(1e-4);
          });
        }),
        { numRuns: 20, seed: 1 },
      );
    },
  );

  test("first-layer refuses a classifier that begins with another layer", () => {
    scoped(() => {
      const { model } = world([3, 2], 1, 1);
      expect(() => firstLayerGeometry({ ...model, firstLayer: null })).toThrow(TypeError);
    });
  });

  test("may keep its Gram matrix, which is then not computed again", () => {
    const { model } = world([3, 4, 2], 1, 1);
    const before = tf.memory().numTensors;
    const kept = withGram(model);
    expect(tf.memory().numTensors).toBe(before + 1);
    scoped(() => {
      const covectors = tf.tensor2d([1, 0, -2, 3], [1, 4]);
      expect(firstLayerGeometry(kept).raise(covectors).dataSync()).toEqual(
        firstLayerGeometry(model).raise(covectors).dataSync(),
      );
      const made = tf.memory().numTensors;
      firstLayerGeometry(kept);
      expect(tf.memory().numTensors).toBe(made);
    });
    tf.dispose([kept.firstLayer!.gram!, ...model.parameters]);
    const blind = { ...model, firstLayer: null };
    expect(withGram(blind)).toBe(blind);
  });
});

test("initialMlpParameters() repeats by seed, biases drawn like weights, none beyond two deviations", () => {
  scoped(() => {
    const draw = (seed: number) =>
      initialMlpParameters([20, 10, 3], createRandom(seed, "initial weights"), 0.01);
    const [first, again, other] = [draw(1), draw(1), draw(2)].map((parameters) =>
      parameters.map((p) => [...p.dataSync()]),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first!.map((values) => values.length)).toEqual([200, 10, 30, 3]);
    for (const values of first!) {
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.02));
      expect(values.every((value) => value !== 0)).toBe(true);
    }
  });
});

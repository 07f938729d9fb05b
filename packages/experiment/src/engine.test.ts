import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import { startKernels, type Kernels } from "@gambeson/kernels";
import { initialMlpParameters, mlp, type Classifier } from "@gambeson/models";
import { createRandom, startBackend, stopBackend, tf } from "@gambeson/runtime";
import type { ImageSource } from "@gambeson/training";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "./engine.ts";
import { kernelEngine } from "./kernel-engine.ts";
import { tensorEngine } from "./tensor-engine.ts";

let kernels: Kernels;
beforeAll(async () => {
  await startBackend({ threads: 1 });
  kernels = await startKernels({ threads: 2 });
});
afterAll(async () => {
  await kernels.stop();
  await stopBackend();
});

const signal = new AbortController().signal;
const noProgress = { signal, onProgress: () => undefined };

/** Logits 2x - y and y - x behind a hidden layer that passes positive pixels on: boundary 3x = 2y. */
function byHand(): Classifier {
  return mlp([
    tf.tensor2d([1, 0, 0, 1], [2, 2]),
    tf.tensor1d([0, 0]),
    tf.tensor2d([2, -1, -1, 1], [2, 2]),
    tf.tensor1d([0, 0]),
  ]);
}

function randomModel(sizes: readonly number[], seed: number): Classifier {
  return mlp(initialMlpParameters(sizes, createRandom(seed, "model"), 0.4));
}

function randomImages(count: number, imageSize: number, classCount: number): ImageSource {
  const random = createRandom(2, "images");
  return {
    count,
    imageSize,
    labels: Uint8Array.from({ length: count }, () => random.integer(classCount)),
    pixels: Uint8Array.from({ length: count * imageSize }, () => random.integer(256)),
  };
}

const ENGINES: readonly [string, () => Engine][] = [
  ["tensorEngine", () => tensorEngine],
  ["kernelEngine", () => kernelEngine(kernels)],
];

describe.each(ENGINES)("%s", (_, engineOf) => {
  const images: ImageSource = {
    count: 2,
    imageSize: 2,
    labels: Uint8Array.of(0, 1),
    pixels: Float32Array.of(0.5, 0.25, 0.25, 0.75),
  };

  test("logitsOfSet() gives the logits, by hand", async () => {
    const model = byHand();
    // 2x - y, y - x
    expect([...(await engineOf().logitsOfSet(model, images))]).toEqual([0.75, -0.25, -0.25, 0.5]);
    tf.dispose([...model.parameters]);
  });

  test("deepFoolOfSet() takes each image over its boundary, by hand", async () => {
    const model = byHand();
    const perturbed: number[] = [];
    const found = await engineOf().deepFoolOfSet(model, images, DEEP_FOOL_DEFAULTS, {
      ...noProgress,
      onImages: (some) => void perturbed.push(...some),
    });
    // Distance to 3x - 2y = 0 is |3x - 2y| / sqrt(13), and 2 % more; both images reach the other side in one step.
    const norms = [1, 0.75].map((h) => (1.02 * h) / Math.sqrt(13));
    expect([...found.norm]).toEqual(norms.map((norm) => expect.closeTo(norm, 6) as number));
    expect([...found.imageNorm]).toEqual(
      [Math.hypot(0.5, 0.25), Math.hypot(0.25, 0.75)].map((norm) => expect.closeTo(norm, 6) as number),
    );
    expect([...found.before]).toEqual([0, 1]);
    expect([...found.fooled]).toEqual([1, 1]);
    expect([...found.steps]).toEqual([1, 1]);
    // Along -(3, -2) / 13 h and (3, -2) / 13 h.
    const moved = [
      0.5 - (3 * 1.02) / 13,
      0.25 + (2 * 1.02) / 13,
      0.25 + (3 * 0.765) / 13,
      0.75 - (2 * 0.765) / 13,
    ];
    expect(perturbed).toEqual(moved.map((value) => expect.closeTo(value, 6) as number));
    // 2x - y and y - x there.
    const logits = [
      2 * moved[0]! - moved[1]!,
      moved[1]! - moved[0]!,
      2 * moved[2]! - moved[3]!,
      moved[3]! - moved[2]!,
    ];
    expect([...found.logits]).toEqual(logits.map((value) => expect.closeTo(value, 6) as number));
    tf.dispose([...model.parameters]);
  });

  test("fgsSweepOfSet() counts the images still right, by hand", async () => {
    const model = byHand();
    const signs: number[] = [];
    const sweep = await engineOf().fgsSweepOfSet(model, images, {
      clip: false,
      signal,
      onSigns: (some, first) => {
        expect(first).toBe(signs.length / 2);
        signs.push(...some);
      },
    });
    // FGS moves the first by (-e, e), the second by (e, -e): 3x - 2y changes by 5e. It was 1 and -0.75.
    expect(sweep.correctAt([0, 0.149, 0.151, 0.199, 0.201])).toEqual([2, 2, 1, 1, 0]);
    expect(signs).toEqual([2, 1, 1, 2]);
    // 2x - y and y - x at (0.25, 0.5) and (0.5, 0.5).
    expect([...sweep.logitsAt(0.25)]).toEqual([0, 0.25, 0.5, 0]);
    expect(sweep.zeroGradients).toBe(0);
    expect(sweep.count).toBe(2);
    sweep.dispose();
    tf.dispose([...model.parameters]);
  });

  test("counts images that no gradient moves: all hidden units dead", async () => {
    const model = mlp([
      tf.tensor2d([1, 1, 1, 1], [2, 2]),
      tf.tensor1d([-9, -9]),
      tf.tensor2d([2, -1, -1, 1], [2, 2]),
      tf.tensor1d([1, 0]),
    ]);
    const signs: number[] = [];
    const sweep = await engineOf().fgsSweepOfSet(model, images, {
      clip: false,
      signal,
      onSigns: (some) => void signs.push(...some),
    });
    expect(sweep.zeroGradients).toBe(2);
    expect(signs).toEqual([0, 0, 0, 0]);
    expect(sweep.correctAt([0, 5])).toEqual([1, 1]);
    expect([...sweep.logitsAt(5)]).toEqual([1, 0, 1, 0]);
    sweep.dispose();
    const found = await engineOf().deepFoolOfSet(model, images, DEEP_FOOL_DEFAULTS, noProgress);
    expect([...found.norm]).toEqual([0, 0]);
    expect([...found.fooled]).toEqual([0, 0]);
    tf.dispose([...model.parameters]);
  });

  test("stops when asked, and leaks nothing", async () => {
    const model = byHand();
    const before = { tensors: tf.memory().numTensors, heap: kernels.heap.size().used };
    const stopped = AbortSignal.abort(new Error("enough"));
    const engine = engineOf();
    await expect(engine.logitsOfSet(model, images, { signal: stopped })).rejects.toThrow("enough");
    const hooks = { ...noProgress, signal: stopped };
    await expect(engine.deepFoolOfSet(model, images, DEEP_FOOL_DEFAULTS, hooks)).rejects.toThrow("enough");
    await expect(engine.fgsSweepOfSet(model, images, { clip: false, signal: stopped })).rejects.toThrow(
      "enough",
    );
    const sweep = await engine.fgsSweepOfSet(model, images, { clip: false, signal });
    sweep.dispose();
    await engine.deepFoolOfSet(model, images, DEEP_FOOL_DEFAULTS, noProgress);
    expect({ tensors: tf.memory().numTensors, heap: kernels.heap.size().used }).toEqual(before);
    tf.dispose([...model.parameters]);
  });
});

describe("kernelEngine()", () => {
  /** Float32 sums of some hundred terms, in another order. */
  const TOLERANCE = 1e-4;

  test.each([
    ["one hidden layer, odd sizes", [30, 13, 5], { clip: false, geometry: "auto" }],
    ["one hidden layer, many classes", [28, 24, 26], { clip: false, geometry: "first-layer" }],
    ["pixels, which tensors walk in", [30, 13, 5], { clip: false, geometry: "pixels" }],
    ["clipped, which tensors do", [30, 13, 5], { clip: true, geometry: "auto" }],
    ["two hidden layers, which tensors do", [30, 13, 7, 5], { clip: false, geometry: "auto" }],
  ] as const)("finds what tensorEngine finds: %s", async (_, sizes, changes) => {
    const model = randomModel(sizes, 4);
    const images = randomImages(61, sizes[0], sizes.at(-1)!);
    const options = { ...DEEP_FOOL_DEFAULTS, ...changes };
    const engine = kernelEngine(kernels);
    const expected = await tensorEngine.deepFoolOfSet(model, images, options, noProgress);
    const actual = await engine.deepFoolOfSet(model, images, options, noProgress);
    expect(actual.before).toEqual(expected.before);
    expect(actual.fooled).toEqual(expected.fooled);
    expect(actual.steps).toEqual(expected.steps);
    expect(relativeDifference(actual.norm, expected.norm)).toBeLessThan(TOLERANCE);
    expect(relativeDifference(actual.imageNorm, expected.imageNorm)).toBeLessThan(TOLERANCE);
    expect(relativeDifference(actual.logits, expected.logits)).toBeLessThan(TOLERANCE);

    const epsilons = [0, 0.01, 0.03, 0.1, 0.3];
    const sweepOf = async (by: Engine) => {
      const signs = new Uint8Array(images.count * images.imageSize).fill(9);
      const sweep = await by.fgsSweepOfSet(model, images, {
        clip: options.clip,
        signal,
        onSigns: (some, first) => {
          signs.set(some, first * images.imageSize);
        },
      });
      return { sweep, signs };
    };
    const [{ sweep: reference, signs }, { sweep: fast, signs: fastSigns }] = [
      await sweepOf(tensorEngine),
      await sweepOf(engine),
    ];
    expect(fastSigns).toEqual(signs);
    expect(relativeDifference(fast.logitsAt(0.1), reference.logitsAt(0.1))).toBeLessThan(TOLERANCE);
    expect(fast.correctAt(epsilons)).toEqual(reference.correctAt(epsilons));
    expect(fast.zeroGradients).toBe(reference.zeroGradients);
    reference.dispose();
    fast.dispose();
    tf.dispose([...model.parameters]);
  });

  test("names the kernels that a result is made by", () => {
    expect(kernelEngine(kernels).kernels).toMatch(/^gambeson (relaxed-simd(\+fma)?|simd)$/);
    expect(tensorEngine.kernels).toBe("tfjs");
  });
});

function relativeDifference(actual: Float32Array, expected: Float32Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0) / largest;
}

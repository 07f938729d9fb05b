import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fgsLines, loadImages, loadMlpMemory, startKernels, type Kernels } from "./index.ts";
import { AVAILABLE_BUILDS } from "./testing/available-builds.ts";
import { affineMlp, KNOWN } from "./testing/known-answers.ts";
import { plainLine } from "./testing/plain-fgs.ts";
import { predictedClass, viewOf } from "./testing/plain-mlp.ts";
import { randomCase, type RandomCase } from "./testing/random-case.ts";
import { SHAPES } from "./testing/shapes.ts";

/** Signs and classes that are surer than this fall as in double precision: they hang on sums of up to 1000 rounded products. */
const SURE = 2e-5;
const EPSILONS = [0, 0.01, 0.05, 0.1, 0.3, 1];

describe.each(AVAILABLE_BUILDS)("fgsLines(), %s", (build) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await startKernels({ threads: 2, build });
  });
  afterAll(() => kernels.stop());

  const linesOf = (
    { sizes, parameters, images }: Pick<RandomCase, "sizes" | "parameters" | "images">,
    epsilons: readonly number[],
  ) => {
    const used = kernels.heap.size().used;
    const mlp = loadMlpMemory(kernels, sizes, { parameters });
    const set = loadImages(kernels, images);
    const lines = fgsLines(kernels, mlp, set, { keepsSigns: true });
    const { count, zeroGradients, signs } = lines;
    const correct = lines.correctAt(epsilons);
    const logits = epsilons.map(lines.logitsAt);
    expect(lines.correctAt(epsilons)).toEqual(correct);
    const silent = fgsLines(kernels, mlp, set);
    expect([silent.signs, silent.zeroGradients]).toEqual([null, zeroGradients]);
    silent.free();
    lines.free();
    set.free();
    mlp.free();
    expect(kernels.heap.size().used).toBe(used);
    return { counts: { count, zeroGradients, correct }, signs: signs!, logits };
  };

  test.each(SHAPES)("count as the plain version in pixels at $inputs-$hidden-$classes", (sizes) => {
    for (const pixels of ["uint8", "float32"] as const) {
      const count = sizes.inputs === 784 ? 30 : 70;
      const given = withRightLabels(randomCase({ sizes, count, seed: 41, pixels }));
      const lines = given.rows.map((x, image) => plainLine(given.plain, x, given.images.labels[image]!));
      const { counts: found, signs, logits } = linesOf(given, EPSILONS);
      expect(found.count).toBe(count);
      expect(found.zeroGradients).toBe(lines.filter(({ isZero }) => isZero).length);
      EPSILONS.forEach((value, index) => {
        const epsilon = Math.fround(value);
        const sure = lines.filter((line) => line.certaintyAt(epsilon) > SURE);
        const correct = sure.filter((line) => line.isCorrectAt(epsilon)).length;
        const unsure = count - sure.length;
        expect(unsure).toBeLessThan(count / 5);
        expect(found.correct[index]).toBeGreaterThanOrEqual(correct);
        expect(found.correct[index]).toBeLessThanOrEqual(correct + unsure);
      });
      lines.forEach((line, image) => {
        if (line.sureSigns <= SURE) return;
        const own = signs.subarray(image * sizes.inputs, (image + 1) * sizes.inputs);
        expect([...own]).toEqual(line.signs.map((sign) => (sign < 0 ? 2 : sign)));
        EPSILONS.forEach((value, index) => {
          const expected = line.logitsAt(Math.fround(value));
          const largest = Math.max(...expected.map(Math.abs));
          expected.forEach((logit, k) => {
            const difference = logits[index]![image * sizes.classes + k]! - logit;
            expect(Math.abs(difference)).toBeLessThan(SURE * largest);
          });
        });
      });
      // The counts do change along the lines, but with a single pixel, where there is no way out.
      expect(found.correct[0]).toBeGreaterThan(count / 2);
      expect(found.correct.at(-1)! < found.correct[0]!).toBe(sizes.inputs > 1);
    }
  });

  test.each([1, 200, 4000])(
    "turn the affine model at the known epsilon, its logits %i times as far apart",
    (times) => {
      // At 4000 the softmax of the other classes is e^-4000: nothing, even in double precision.
      const { sizes, parameters, x } = affineMlp();
      const scaled = [
        parameters[0],
        parameters[1],
        parameters[2].map((value) => times * value),
        parameters[3].map((value) => times * value),
      ] as const;
      const { label, flipsExactlyAtEpsilon: flip } = KNOWN.affine.fgs;
      const images = { count: 1, imageSize: 2, labels: Uint8Array.of(label), pixels: x };
      const { counts, signs } = linesOf({ sizes, parameters: scaled, images }, [
        0,
        0.99 * flip,
        1.01 * flip,
        2,
      ]);
      expect([...signs]).toEqual(KNOWN.affine.fgs.sign.map((sign) => (sign < 0 ? 2 : sign)));
      expect(counts).toEqual({
        count: 1,
        zeroGradients: 0,
        correct: [1, 1, 0, 0],
      });
    },
  );

  test("move images whose logits are 200 apart as the plain version does", () => {
    const sizes = { inputs: 30, hidden: 24, classes: 10 };
    const random = randomCase({ sizes, count: 40, seed: 42 });
    const [w1, b1, w2, b2] = random.parameters;
    const parameters = [w1, b1, w2.map((value) => 1000 * value), b2] as const;
    const plain = {
      sizes,
      parameters: parameters.map((values) => Float64Array.from(values)),
    } as unknown as RandomCase["plain"];
    const given = withRightLabels({ ...random, parameters, plain });
    const gaps = given.rows.map((x) => {
      const [first, second] = [...viewOf(plain, x).logits].sort((a, b) => b - a) as [number, number];
      return first - second;
    });
    expect(gaps.filter((gap) => gap > 200).length).toBeGreaterThan(20);
    const { zeroGradients, correct } = linesOf(given, EPSILONS).counts;
    expect(zeroGradients).toBe(0);
    const lines = given.rows.map((x, image) => plainLine(plain, x, given.images.labels[image]!));
    EPSILONS.forEach((value, index) => {
      const epsilon = Math.fround(value);
      expect(lines.every((line) => line.certaintyAt(epsilon) > SURE)).toBe(true);
      expect(correct[index]).toBe(lines.filter((line) => line.isCorrectAt(epsilon)).length);
    });
  });

  test("count the images whose gradient is zero, which stay where they are", () => {
    const given = randomCase({ sizes: { inputs: 13, hidden: 14, classes: 3 }, count: 10, seed: 43 });
    const [w1, , w2] = given.parameters;
    const parameters = [w1, new Float32Array(14).fill(-1000), w2, Float32Array.of(0, 1, 0)] as const;
    // All units are off: class 1 everywhere.
    const labels = Uint8Array.of(1, 0, 1, 2, 1, 1, 0, 0, 0, 1);
    const { counts, signs } = linesOf(
      { ...given, parameters, images: { ...given.images, labels } },
      [0, 1, 9],
    );
    expect(signs.every((sign) => sign === 0)).toBe(true);
    expect(counts).toEqual({
      count: 10,
      zeroGradients: 10,
      correct: [5, 5, 5],
    });
  });

  test("leave pixels alone whose slope is zero", () => {
    // By hand: z = x1 + 8, logits [z - 9, 0]; x2 has no weight. Right for class 0 while x1 - epsilon > 1.
    const model = {
      sizes: { inputs: 2, hidden: 1, classes: 2 },
      parameters: [Float32Array.of(1, 0), Float32Array.of(8), Float32Array.of(1, 0), Float32Array.of(-9, 0)],
    } as const;
    const images = {
      count: 2,
      imageSize: 2,
      labels: Uint8Array.of(0, 0),
      pixels: Float32Array.of(1.5, 0.5, 3, 0),
    };
    const { counts, signs, logits } = linesOf({ ...model, images }, [0, 0.25, 0.75, 1.75, 2.25]);
    expect([...signs]).toEqual([2, 0, 2, 0]);
    // [x1 - epsilon - 1, 0]
    expect(logits.map((rows) => [...rows])).toEqual(
      [0, 0.25, 0.75, 1.75, 2.25].map((epsilon) => [0.5 - epsilon, 0, 2 - epsilon, 0]),
    );
    expect(counts).toEqual({
      count: 2,
      zeroGradients: 0,
      correct: [2, 2, 1, 1, 0],
    });
  });

  test("count nothing at no epsilon, and of no images none", () => {
    const given = randomCase({ sizes: { inputs: 5, hidden: 7, classes: 3 }, count: 4, seed: 44 });
    expect(linesOf(given, []).counts.correct).toEqual([]);
    const none = { count: 0, imageSize: 5, labels: new Uint8Array(0), pixels: new Uint8Array(0) };
    expect(linesOf({ ...given, images: none }, [0, 1]).counts).toEqual({
      count: 0,
      zeroGradients: 0,
      correct: [0, 0],
    });
  });
});

/** Labels as the model predicts them, but for every fifth. */
function withRightLabels(given: RandomCase): RandomCase {
  const labels = given.images.labels.map((label, image) =>
    image % 5 === 0 ? label : predictedClass(viewOf(given.plain, given.rows[image]!).logits),
  );
  return { ...given, images: { ...given.images, labels } };
}

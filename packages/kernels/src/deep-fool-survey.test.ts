import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  deepFoolOn,
  loadImages,
  loadMlpMemory,
  startKernels,
  type DeepFoolWalkOptions,
  type Kernels,
} from "./index.ts";
import { AVAILABLE_BUILDS } from "./testing/available-builds.ts";
import { CONVENTION_NAMES, CONVENTIONS } from "./testing/conventions.ts";
import { expectClose } from "./testing/expect-close.ts";
import { kernelDeepFool } from "./testing/kernel-deep-fool.ts";
import { affineMlp, KNOWN, KNOWN_TOLERANCE, reluMlp, type KnownModel } from "./testing/known-answers.ts";
import { lengthOf, plainDeepFool, UNTARGETED } from "./testing/plain-deep-fool.ts";
import { predictedClass, viewOf } from "./testing/plain-mlp.ts";
import { randomCase, type RandomCase } from "./testing/random-case.ts";
import { SHAPES } from "./testing/shapes.ts";

/**
 * Decisions that are surer than this fall as in double precision: logits and distances are sums of up to 1000 products, each
 * rounded to 6e-8 of itself, of which most cancels.
 */
const SURE = 1e-4;
/** A length is a ratio of such sums, added up over the steps. */
const TOLERANCE = 5e-5;

describe.each(AVAILABLE_BUILDS)("deepFoolOn(), %s", (build) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await startKernels({ threads: 2, build });
  });
  afterAll(() => kernels.stop());

  /** Compares all that DeepFool says about the images whose decisions are sure. @returns How many those are. */
  const expectPlainWalks = (
    given: RandomCase,
    options: DeepFoolWalkOptions,
    targets: readonly number[],
  ): number => {
    const found = kernelDeepFool(kernels, given, options, targets);
    const { inputs, classes } = given.sizes;
    let sure = 0;
    given.rows.forEach((x, image) => {
      const walk = plainDeepFool(given.plain, x, targets[image]!, options);
      if (walk.certainty < SURE) return;
      sure++;
      expect({
        before: found.before[image],
        after: found.after[image],
        steps: found.steps[image],
        fooled: found.fooled[image],
      }).toEqual({
        before: walk.before,
        after: walk.after,
        steps: walk.steps,
        fooled: Number(walk.fooled),
      });
      expectClose([found.norms[image]!], [lengthOf(walk.perturbation)], TOLERANCE, `image ${image}: |Dx|`);
      expectClose([found.imageNorms[image]!], [lengthOf(x)], 1e-6, `image ${image}: |x|`);
      expectClose(
        found.logits.subarray(image * classes, (image + 1) * classes),
        walk.logits,
        TOLERANCE,
        `image ${image}: logits`,
      );
      expectClose(
        found.perturbed.subarray(image * inputs, (image + 1) * inputs),
        x.map((value, i) => value + walk.perturbation[i]!),
        TOLERANCE,
        `image ${image}: pixels`,
      );
    });
    return sure;
  };

  describe.each(CONVENTION_NAMES)("%s", (convention) => {
    // Without a margin `after-crossing` tests on the boundary itself, where rounding decides.
    const margin = convention === "after-crossing" ? 1e-2 : 0;
    const options = { maxSteps: 6, margin, factors: CONVENTIONS[convention] };

    test.each(SHAPES)("walks as the plain version in pixels at $inputs-$hidden-$classes", (sizes) => {
      const count = sizes.inputs === 784 ? 12 : 40;
      const given = randomCase({ sizes, count, seed: 21, pixels: "float32" });
      expect(expectPlainWalks(given, options, untargeted(count))).toBeGreaterThan(0.6 * count);
      expect(expectPlainWalks(given, { ...options, margin: 0.05 }, untargeted(count))).toBeGreaterThan(
        0.6 * count,
      );
    });

    test.each(SHAPES)("walks to targets as the plain version at $inputs-$hidden-$classes", (sizes) => {
      const count = sizes.inputs === 784 ? 12 : 40;
      const given = randomCase({ sizes, count, seed: 22 });
      // Some images have none, some are there already, most have a way to go.
      const targets = given.rows.map((_, image) => (image % 5 === 0 ? UNTARGETED : image % sizes.classes));
      expect(expectPlainWalks(given, options, targets)).toBeGreaterThan(0.6 * count);
    });

    test("gives the known answer on the ReLU model", () => {
      const known = KNOWN.relu_2_4_3[convention];
      const found = onPoint(reluMlp(), { maxSteps: 50, margin: 0, factors: CONVENTIONS[convention] });
      const perturbation = found.perturbed.map((value, i) => value - KNOWN.relu_2_4_3.x[i]!);
      expectClose(perturbation, known.perturbation, KNOWN_TOLERANCE);
      expectClose([found.norms[0]! / found.imageNorms[0]!], [known.rho], KNOWN_TOLERANCE);
      expect(known.iterations === undefined || known.iterations === found.steps[0]).toBe(true);
      expect(found.fooled[0]).toBe(1);
    });

    test("takes the known step on the affine model", () => {
      const { affine } = KNOWN;
      const found = onPoint(affineMlp(), { maxSteps: 1, margin: 0, factors: CONVENTIONS[convention] });
      const perturbation = found.perturbed.map((value, i) => value - affine.x[i]!);
      expectClose(perturbation, affine.perturbationOvershoot002, KNOWN_TOLERANCE);
      expectClose([found.norms[0]! / found.imageNorms[0]!], [affine.rho], KNOWN_TOLERANCE);
      expect([found.before[0], found.after[0], found.steps[0]]).toEqual([0, affine.nearestClass, 1]);
    });

    test("names the class that the perturbed pixels really have", () => {
      const given = randomCase({ sizes: { inputs: 30, hidden: 24, classes: 10 }, count: 60, seed: 23 });
      const found = kernelDeepFool(kernels, given, options);
      let fooled = 0;
      given.rows.forEach((_, image) => {
        const pixels = Float64Array.from(found.perturbed.subarray(image * 30, (image + 1) * 30));
        expect(predictedClass(viewOf(given.plain, pixels).logits)).toBe(found.after[image]);
        expect(found.fooled[image]).toBe(Number(found.after[image] !== found.before[image]));
        fooled += found.fooled[image]!;
      });
      expect(fooled).toBeGreaterThan(50);
    });
  });

  test("lengthens the affine model's step by the margin", () => {
    // By hand: |h| = 1, w = [-2, 1]: the step is (1 / sqrt(5) + 0.25) w / sqrt(5), of length 0.447214 + 0.25.
    const factors = { linearise: 1, test: 1, final: 1 };
    const found = onPoint(affineMlp(), { maxSteps: 6, margin: 0.25, factors });
    expectClose(found.norms, [1 / Math.sqrt(5) + 0.25], KNOWN_TOLERANCE);
    expect([found.steps[0], found.fooled[0]]).toEqual([1, 1]);
  });

  test("takes no step to a class that is predicted already", () => {
    const given = randomCase({ sizes: { inputs: 13, hidden: 12, classes: 3 }, count: 9, seed: 24 });
    const targets = given.rows.map((x) => predictedClass(viewOf(given.plain, x).logits));
    const found = kernelDeepFool(kernels, given, LONG, targets);
    expect([...found.before]).toEqual(targets);
    expect([...found.after]).toEqual(targets);
    expect([...found.steps]).toEqual(new Array(9).fill(0));
    expect([...found.fooled]).toEqual(new Array(9).fill(1));
    expect([...found.norms]).toEqual(new Array(9).fill(0));
    expectClose(
      found.perturbed,
      given.rows.flatMap((x) => [...x]),
      0,
    );
  });

  test("stops at most steps and counts the image as not fooled", () => {
    // By hand: z = x - 10, logits [0, max(z, 0) - 1]: from x = 10.5 the boundary is at 11; going only a tenth of the way,
    // no step is far enough.
    const found = kernelDeepFool(
      kernels,
      {
        sizes: { inputs: 1, hidden: 1, classes: 2 },
        parameters: [Float32Array.of(1), Float32Array.of(-10), Float32Array.of(0, 1), Float32Array.of(0, -1)],
        images: { count: 1, imageSize: 1, labels: new Uint8Array(1), pixels: Float32Array.of(10.5) },
      },
      { maxSteps: 2, margin: 0, factors: { linearise: 0.1, test: 0.1, final: 0.1 } },
    );
    // Steps 0.5 and 0.45: r = 0.95, and a tenth of it at the end.
    expect([found.steps[0], found.fooled[0], found.before[0], found.after[0]]).toEqual([2, 0, 0, 0]);
    expectClose(found.norms, [0.095], 1e-5);
    expectClose(found.perturbed, [10.595], 1e-6);
  });

  test("stands still, without a NaN, where all units are dead", () => {
    const given = randomCase({ sizes: { inputs: 13, hidden: 14, classes: 4 }, count: 6, seed: 25 });
    const parameters = [
      given.parameters[0],
      new Float32Array(14).fill(-1000),
      given.parameters[2],
      given.parameters[3],
    ] as const;
    const [first, other] = [predictedClass(Float64Array.from(parameters[3])), 0];
    for (const target of [UNTARGETED, first === other ? 1 : other]) {
      const found = kernelDeepFool(kernels, { ...given, parameters }, LONG, new Array(6).fill(target));
      expect([...found.steps]).toEqual(new Array(6).fill(LONG.maxSteps));
      expect([...found.fooled]).toEqual(new Array(6).fill(0));
      expect([...found.after]).toEqual(new Array(6).fill(first));
      expect([...found.norms]).toEqual(new Array(6).fill(0));
      expectClose(
        found.perturbed,
        given.rows.flatMap((x) => [...x]),
        0,
      );
    }
  });

  test("takes a direction of no more than 1e-10 for a dead one", () => {
    // By hand: z = x + 1, logits [0, slope z - 1.1 slope]: from x = 0 the boundary is at 0.1, |w|^2 = slope^2.
    const withSlope = (slope: number) =>
      kernelDeepFool(
        kernels,
        {
          sizes: { inputs: 1, hidden: 1, classes: 2 },
          parameters: [
            Float32Array.of(1),
            Float32Array.of(1),
            Float32Array.of(0, slope),
            Float32Array.of(0, -1.1 * slope),
          ],
          images: { count: 1, imageSize: 1, labels: new Uint8Array(1), pixels: Float32Array.of(0) },
        },
        LONG,
      );
    const [alive, dead] = [withSlope(2e-10), withSlope(5e-11)];
    expect([alive.steps[0], alive.fooled[0], dead.steps[0], dead.fooled[0]]).toEqual([
      1,
      1,
      LONG.maxSteps,
      0,
    ]);
    expectClose([...alive.norms, ...dead.norms], [0.102, 0], 1e-5);
  });

  test("walks on from blank images", () => {
    const given = randomCase({ sizes: { inputs: 13, hidden: 14, classes: 4 }, count: 6, seed: 26 });
    const rows = given.rows.map(() => new Float64Array(13));
    const blank = { ...given, rows, images: { ...given.images, pixels: new Uint8Array(6 * 13) } };
    expect(expectPlainWalks(blank, LONG, untargeted(6))).toBe(6);
  });

  test("gives a range what its images get alone, and keeps no images unasked", () => {
    const given = randomCase({ sizes: { inputs: 13, hidden: 14, classes: 4 }, count: 11, seed: 27 });
    const all = kernelDeepFool(kernels, given, LONG);
    const mlp = loadMlpMemory(kernels, given.sizes, { parameters: given.parameters });
    const set = loadImages(kernels, given.images);
    for (const range of [
      { first: 0, count: 0 },
      { first: 3, count: 1 },
      { first: 2, count: 9 },
    ]) {
      const part = deepFoolOn(kernels, mlp, set, {
        range,
        targets: untargeted(range.count),
        options: LONG,
        keepsImages: false,
      });
      const end = range.first + range.count;
      expect(part).toEqual({
        before: all.before.subarray(range.first, end),
        after: all.after.subarray(range.first, end),
        steps: all.steps.subarray(range.first, end),
        fooled: all.fooled.subarray(range.first, end),
        norms: all.norms.subarray(range.first, end),
        imageNorms: all.imageNorms.subarray(range.first, end),
        logits: all.logits.subarray(range.first * 4, end * 4),
        perturbed: null,
      });
    }
    mlp.free();
    set.free();
  });

  test("refuses targets that are no classes, or not one an image", () => {
    const given = randomCase({ sizes: { inputs: 5, hidden: 7, classes: 3 }, count: 4, seed: 28 });
    for (const beyond of [3, -2, 12, 0.5, NaN]) {
      expect(() => kernelDeepFool(kernels, given, LONG, [0, -1, beyond, 2])).toThrow(
        new RangeError(
          `Cannot run DeepFool as a target must be -1 or a class below 3: current value is ${beyond}`,
        ),
      );
    }
    for (const length of [0, 3, 5]) {
      expect(() => kernelDeepFool(kernels, given, LONG, untargeted(length))).toThrow(
        new RangeError(`Cannot run DeepFool as the number of targets must be 4: current value is ${length}`),
      );
    }
  });

  /** DeepFool on the point of a known answer. */
  const onPoint = ({ sizes, parameters, x }: KnownModel, options: DeepFoolWalkOptions) =>
    kernelDeepFool(
      kernels,
      { sizes, parameters, images: { count: 1, imageSize: 2, labels: new Uint8Array(1), pixels: x } },
      options,
    );
});

const LONG: DeepFoolWalkOptions = { maxSteps: 6, margin: 0, factors: CONVENTIONS["in-loop"] };

function untargeted(count: number): number[] {
  return new Array<number>(count).fill(UNTARGETED);
}

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createTrainer,
  loadImages,
  loadMlpMemory,
  startKernels,
  type DeepDefenseSettings,
  type Kernels,
  type MlpSizes,
} from "./index.ts";
import { AVAILABLE_BUILDS } from "./testing/available-builds.ts";
import { CONVENTIONS } from "./testing/conventions.ts";
import { DEEP_DEFENSE } from "./testing/deep-defense-settings.ts";
import { expectClose } from "./testing/expect-close.ts";
import { finiteDifference } from "./testing/finite-difference.ts";
import { kernelGradients } from "./testing/kernel-gradients.ts";
import { affineMlp, KNOWN, KNOWN_TOLERANCE, reluMlp, type KnownModel } from "./testing/known-answers.ts";
import { crossEntropyLoss } from "./testing/plain-cross-entropy.ts";
import { aimsOf, deepDefenseLoss, type Aim, type PlainBatch } from "./testing/plain-deep-defense.ts";
import { predictedClass, viewOf, type PlainMlp } from "./testing/plain-mlp.ts";
import { randomCase, type RandomCase } from "./testing/random-case.ts";
import { seededRandom } from "./testing/seeded-random.ts";

/** Images whose walks hold a decision less sure than this are left out: see deep-fool-survey.test.ts. */
const SURE = 1e-4;
/**
 * |Dx|/|x| is good to some 1e-6 in float32, and exp(exponent) to as many times that as the exponent is large: up to 20, the cap.
 * The steps back divide by lengths of the same quality.
 */
const TOLERANCE = 5e-5;
const ARRAYS = [0, 1, 2, 3] as const;
const NAMES = ["W1", "b1", "W2", "b2"];
const { deepFool } = DEEP_DEFENSE;

const SETTINGS: readonly (readonly [string, DeepDefenseSettings])[] = [
  ["the method's", DEEP_DEFENSE],
  ["in-loop", { ...DEEP_DEFENSE, deepFool: { ...deepFool, factors: CONVENTIONS["in-loop"] } }],
  [
    "after-crossing with a margin",
    { ...DEEP_DEFENSE, deepFool: { ...deepFool, margin: 0.02, factors: CONVENTIONS["after-crossing"] } },
  ],
  [
    "three factors of their own",
    {
      ...DEEP_DEFENSE,
      deepFool: { maxSteps: 7, margin: 0.05, factors: { linearise: 0.9, test: 1.2, final: 1.1 } },
    },
  ],
  ["mild", { ...DEEP_DEFENSE, lambda: 0.5, c: 3, d: 1 }],
  ["one step", { ...DEEP_DEFENSE, deepFool: { ...deepFool, maxSteps: 1 } }],
  ["a cap that many reach", { ...DEEP_DEFENSE, d: 20, exponentCap: 2 }],
];

const SHAPES: readonly MlpSizes[] = [
  { inputs: 3, hidden: 5, classes: 2 },
  { inputs: 13, hidden: 14, classes: 3 },
  { inputs: 30, hidden: 24, classes: 13 },
  { inputs: 30, hidden: 100, classes: 10 },
];

describe.each(AVAILABLE_BUILDS)("createTrainer() with Deep Defense, %s", (build) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await startKernels({ threads: 2, build });
  });
  afterAll(() => kernels.stop());

  const stepOn = ({ given, sure }: Prepared, options: DeepDefenseSettings) =>
    kernelGradients(kernels, given, { kind: "deep-defense", options }, sure);

  describe.each(SETTINGS)("%s", (_, settings) => {
    test.each(SHAPES)("follows finite differences along its path at $inputs-$hidden-$classes", (sizes) => {
      for (const seed of [31, 32]) {
        const prepared = prepare({ sizes, count: 14, seed }, settings);
        const { gradients } = stepOn(prepared, settings);
        for (const array of ARRAYS) expectFiniteDifferences(prepared, settings, gradients, array, 30);
      }
    });

    test.each(SHAPES)("reports what the plain version does at $inputs-$hidden-$classes", (sizes) => {
      const prepared = prepare({ sizes, count: 30, seed: 33 }, settings);
      const { given, batch, aims } = prepared;
      const { report } = stepOn(prepared, settings);
      const plain = deepDefenseLoss(given.plain, batch, settings, aims);
      const { crossEntropy } = crossEntropyLoss(given.plain, batch.rows, batch.labels);
      expectClose([report.penalty], [plain.penalty], TOLERANCE, "penalty");
      expectClose([report.crossEntropy], [crossEntropy], 1e-5, "cross-entropy");
      expect(report).toMatchObject({
        correct: aims.filter(({ isCorrect }) => isCorrect).length,
        unfooled: aims.filter(({ isFooled }) => !isFooled).length,
        capped: plain.capped,
        count: aims.length,
      });
    });
  });

  test("follows finite differences at the method's 784-100-10, float32 pixels", () => {
    const sizes = { inputs: 784, hidden: 100, classes: 10 };
    const prepared = prepare({ sizes, count: 4, seed: 34, pixels: "float32" }, DEEP_DEFENSE);
    const { gradients } = stepOn(prepared, DEEP_DEFENSE);
    for (const array of ARRAYS) expectFiniteDifferences(prepared, DEEP_DEFENSE, gradients, array, 8);
  });

  test("counts both kinds of images, the capped and the unfooled, so that the tests above see them all", () => {
    const few = { ...DEEP_DEFENSE, d: 20, exponentCap: 2, deepFool: { ...deepFool, maxSteps: 1 } };
    const { report } = stepOn(prepare({ sizes: SHAPES[2]!, count: 30, seed: 33 }, few), few);
    expect(report.correct).toBeGreaterThan(5);
    expect(report.count - report.correct).toBeGreaterThan(5);
    expect(report.capped).toBeGreaterThan(0);
    expect(report.unfooled).toBeGreaterThan(0);
  });

  /** One step on the point of a known answer. */
  const onPoint = (model: KnownModel, label: number, options: DeepDefenseSettings) =>
    kernelGradients(kernels, asCase(model, label), { kind: "deep-defense", options });

  test("adds the known regulariser on the affine model", () => {
    const { regulariser, fgs } = KNOWN.affine;
    const settings = { ...DEEP_DEFENSE, lambda: regulariser.lambda, c: regulariser.c, d: regulariser.d };
    const right = onPoint(affineMlp(), fgs.label, settings).report;
    // The fixture gives four digits of it.
    expectClose([right.penalty], [regulariser.correctTerm], 1e-4);
    expect(right).toMatchObject({ correct: 1, capped: 0, unfooled: 0 });
    const wrong = onPoint(affineMlp(), 1, settings).report;
    expectClose([wrong.penalty], [regulariser.misclassifiedTerm], 1e-4);
    expect(wrong).toMatchObject({ correct: 0, capped: 0, unfooled: 0 });
  });

  test("leads a misclassified image to its true class, not to the nearest", () => {
    const { report } = onPoint(affineMlp(), 2, { ...DEEP_DEFENSE, d: 1 });
    // By hand: a step r = 3.5 / 10 [-3, -1] onto the boundary of classes 0 and 2, where class 1 is predicted; from there
    // 0.75 / 5 [-1, -2] onto that of classes 1 and 2. In all r = [-1.2, -0.65], lengthened by 1.02; |x|^2 = 1.25.
    const rho = 1.02 * Math.sqrt((1.2 ** 2 + 0.65 ** 2) / 1.25);
    expectClose([report.penalty], [15 * Math.exp(rho)], 5e-5);
  });

  test("caps the exponent, and a capped image has no slope", () => {
    const capped = { ...DEEP_DEFENSE, d: 1000 };
    const { report, gradients } = onPoint(affineMlp(), 1, capped);
    expect(report).toMatchObject({ correct: 0, capped: 1, unfooled: 0 });
    expectClose([report.penalty], [15 * Math.exp(20)], 1e-5);
    const alone = kernelGradients(kernels, asCase(affineMlp(), 1), { kind: "cross-entropy" });
    gradients.forEach((gradient, array) => {
      expectClose(gradient, alone.gradients[array]!, 1e-6);
    });
  });

  test("passes the known gradient of rho", () => {
    const [lambda, c] = [1000, 1];
    const settings = { ...DEEP_DEFENSE, lambda, c, deepFool: { ...deepFool, maxSteps: 50 } };
    const label = 0;
    const whole = onPoint(reluMlp(), label, settings);
    const alone = kernelGradients(kernels, asCase(reluMlp(), label), { kind: "cross-entropy" });
    // d/d rho of lambda exp(-c rho).
    const slope = -c * lambda * Math.exp(-c * KNOWN.relu_2_4_3["test-with"].rho);
    const gradientOfRho = (array: 0 | 2, index: number) =>
      (whole.gradients[array]![index]! - alone.gradients[array]![index]!) / slope;
    const known = KNOWN.relu_2_4_3.gradientOfRho_testWith;
    expectClose(
      [gradientOfRho(0, 0), gradientOfRho(0, 5), gradientOfRho(2, 0), gradientOfRho(2, 7)],
      [known["W1[0][0]"]!, known["W1[1][1]"]!, known["W2[0][0]"]!, known["W2[2][1]"]!],
      2 * KNOWN_TOLERANCE,
    );
  });

  test("leaves nothing of a batch to the next, smaller one", () => {
    const given = randomCase({ sizes: { inputs: 13, hidden: 14, classes: 3 }, count: 24, seed: 36 });
    const start = { parameters: given.parameters, batchSize: 8, maxTrail: deepFool.maxSteps };
    const set = loadImages(kernels, given.images);
    // Standing still; a mean that forgets all is the last gradient itself.
    const adam = { learningRate: 0, beta1: 0, beta2: 0, epsilon: 1 };
    const lastOf = (...batches: readonly Uint32Array[]) => {
      const mlp = loadMlpMemory(kernels, given.sizes, start);
      const objective = { kind: "deep-defense", options: DEEP_DEFENSE } as const;
      const trainer = createTrainer(kernels, mlp, set, { batchSize: 8, maxSteps: 1, objective });
      const reports = batches.map((batch) => trainer.steps(batch, 0, adam)[0]);
      const found = { gradient: mlp.means(), report: reports.at(-1) };
      trainer.free();
      mlp.free();
      return found;
    };
    const last = Uint32Array.of(20, 3, 9);
    const fresh = lastOf(last);
    for (let first = 0; first < 24; first += 8) {
      expect(lastOf(given.order.subarray(first, first + 8), last)).toEqual(fresh);
    }
    // As the only batch of its size, it is compared with finite differences above.
    const alone = kernelGradients(kernels, given, { kind: "deep-defense", options: DEEP_DEFENSE }, last);
    expect(fresh.report).toEqual(alone.report);
    alone.gradients.forEach((gradient, array) => {
      expectClose(fresh.gradient[array]!, gradient, 1e-6);
    });
    set.free();
  });

  test("gives finite gradients for blank images, dead units and an image that cannot be led anywhere", () => {
    const given = randomCase({ sizes: { inputs: 13, hidden: 14, classes: 3 }, count: 6, seed: 35 });
    const blank = { ...given, images: { ...given.images, pixels: new Uint8Array(6 * 13) } };
    const [w1, b1, w2, b2] = given.parameters;
    const dead = { ...given, parameters: [w1, b1.map(() => -1000), w2, b2] as const };
    for (const odd of [blank, dead]) {
      const { gradients, report } = kernelGradients(kernels, odd, {
        kind: "deep-defense",
        options: DEEP_DEFENSE,
      });
      expect(gradients.flatMap((gradient) => [...gradient]).every(Number.isFinite)).toBe(true);
      expect(Number.isFinite(report.penalty)).toBe(true);
    }
    const { gradients, report } = kernelGradients(kernels, dead, {
      kind: "deep-defense",
      options: DEEP_DEFENSE,
    });
    const alone = kernelGradients(kernels, dead, { kind: "cross-entropy" });
    // No step: exp(0) for each image, and no slope but cross-entropy's.
    expectClose([report.penalty], [15], 1e-6);
    expect(report.unfooled).toBe(6);
    expect(gradients).toEqual(alone.gradients);
  });
});

/** A batch of sure images, half of them classified correctly, and where the plain version takes them. */
interface Prepared {
  readonly given: RandomCase;
  readonly sure: Uint32Array;
  readonly batch: PlainBatch;
  readonly aims: readonly Aim[];
}

function prepare(options: Parameters<typeof randomCase>[0], settings: DeepDefenseSettings): Prepared {
  const random = randomCase(options);
  const { rows, plain } = random;
  const labels = random.images.labels.map((label, image) =>
    image % 2 === 0 ? label : predictedClass(viewOf(plain, rows[image]!).logits),
  );
  const given = { ...random, images: { ...random.images, labels } };
  const aims = aimsOf(plain, { rows, labels }, settings);
  const sure = given.order.filter((image) => aims[image]!.certainty > SURE);
  expect(sure.length).toBeGreaterThanOrEqual(given.images.count / 2);
  return {
    given,
    sure,
    batch: { rows: [...sure].map((image) => rows[image]!), labels: [...sure].map((image) => labels[image]!) },
    aims: [...sure].map((image) => aims[image]!),
  };
}

/** Compares the gradient of one array with finite differences of the plain loss along the same paths, at `most` of its numbers. */
function expectFiniteDifferences(
  { given, batch, aims }: Prepared,
  settings: DeepDefenseSettings,
  gradients: readonly Float64Array[],
  array: 0 | 1 | 2 | 3,
  most: number,
): void {
  const loss = (mlp: PlainMlp) => deepDefenseLoss(mlp, batch, settings, aims).loss;
  const gradient = gradients[array]!;
  const random = seededRandom(array);
  const indices =
    gradient.length <= most
      ? [...gradient.keys()]
      : Array.from({ length: most }, () => Math.floor(random() * gradient.length));
  expectClose(
    indices.map((index) => gradient[index]!),
    indices.map((index) => finiteDifference(loss, given.plain, array, index)),
    TOLERANCE,
    NAMES[array],
  );
}

function asCase({ sizes, parameters, x }: KnownModel, label: number) {
  const images = { count: 1, imageSize: 2, labels: Uint8Array.of(label), pixels: x };
  return { sizes, parameters, images, order: Uint32Array.of(0) };
}

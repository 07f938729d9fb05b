import * as v from "valibot";
import { experimentConfigSchema } from "./experiment-config.ts";

/** Raised when a reader of version N could misread what is written. */
export const RESULT_SCHEMA_VERSION = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** How many of how many: a share that can be read back exactly. */
const tallySchema = v.strictObject({ count, of: count });
export type Tally = v.InferOutput<typeof tallySchema>;

const splitSchema = v.strictObject({
  count,
  /** SHA-256 of the uncompressed IDX file the images came from, or of the drawn pixels of the synthetic set. */
  imagesSha256: sha256,
  labelsSha256: sha256,
});

export const datasetSchema = v.strictObject({
  name: v.string(),
  title: v.string(),
  /** True when the images were drawn by code: the numbers then say nothing about the real data set. */
  synthetic: v.boolean(),
  /** Why this data set stands in for the one wanted; null when it is the one wanted. */
  warning: v.nullable(v.string()),
  height: count,
  width: count,
  classNames: v.array(v.string()),
  train: splitSchema,
  test: splitSchema,
});
export type DatasetSummary = v.InferOutput<typeof datasetSchema>;

export const environmentSchema = v.strictObject({
  /** Gambeson's version and the hash of the sources that make numbers. */
  version: v.string(),
  code: v.string(),
  /** For example "deno 2.9.6". */
  runtime: v.string(),
  platform: v.string(),
  backend: v.strictObject({
    name: v.literal("wasm"),
    variant: v.picklist(["simd-threads", "simd", "plain"]),
    threads: count,
    /** Why the variant is not the fastest one; null when it is. */
    fallback: v.nullable(v.string()),
    tensorflow: v.string(),
    /** Who computes: TensorFlow.js' kernels, or our own. */
    kernels: v.string(),
  }),
});
export type Environment = v.InferOutput<typeof environmentSchema>;

/** One epoch: mean loss a training image and accuracy on the benign test set after it. */
export const epochSchema = v.strictObject({
  epoch: count,
  loss: v.number(),
  /** The regulariser's share of `loss`; null for regimes without one. */
  regulariser: v.nullable(v.number()),
  trainAccuracy: tallySchema,
  testAccuracy: tallySchema,
  /** Images whose exponent was capped; images DeepFool left unfooled. Null for regimes without a regulariser. */
  capped: v.nullable(count),
  unfooled: v.nullable(count),
});
export type EpochMetrics = v.InferOutput<typeof epochSchema>;

/** rho = |Dx|/|x| of each test image's DeepFool perturbation, summed up. */
const robustnessSchema = v.strictObject({
  /** Mean of rho over all images, misclassified and unfooled ones included. */
  rho2: v.number(),
  /** The same over images that the model classifies correctly; null when there is none. */
  rho2Correct: v.nullable(v.number()),
  median: v.number(),
  fooled: tallySchema,
  meanSteps: v.number(),
  /** Images in bins of equal width over [0, `upTo`]; the last bin holds all beyond. */
  histogram: v.strictObject({ upTo: v.number(), counts: v.array(count) }),
});
export type Robustness = v.InferOutput<typeof robustnessSchema>;

/**
 * ROC of one class against the rest: vertices from (0, 0) to (negatives, positives), as counts, sorted; a run of equal
 * scores is one vertex, so a slanted edge is a tie.
 */
const rocSchema = v.strictObject({
  class: count,
  /** Area under the curve; null when the class or its complement has no image. */
  auc: v.nullable(share),
  positives: count,
  negatives: count,
  falsePositives: v.array(count),
  truePositives: v.array(count),
});
export type RocOfClass = v.InferOutput<typeof rocSchema>;

const diagnosticsSchema = v.strictObject({
  /** Test images whose loss gradient is zero everywhere, so that FGS cannot move them. */
  zeroGradient: tallySchema,
  /** Test images that DeepFool did not fool within its steps. */
  unfooled: tallySchema,
  /** Test images that were wrong before any attack. */
  wrongBefore: tallySchema,
  /** Test images with |x| = 0, left out of rho2 as |Dx|/|x| is undefined. */
  blank: tallySchema,
  /** Places where accuracy rises with epsilon, and by how much at most (a share): a sign of masked gradients. */
  curveRises: v.strictObject({ count, largest: v.number() }),
});
export type Diagnostics = v.InferOutput<typeof diagnosticsSchema>;

const modelResultSchema = v.strictObject({
  /** "pretrained", or the id of a regime. */
  id: v.string(),
  label: v.string(),
  weightsSha256: sha256,
  training: v.array(epochSchema),
  accuracy: tallySchema,
  /** confusion[true class][predicted class], benign test images. */
  confusion: v.array(v.array(count)),
  robustness: robustnessSchema,
  /** Accuracy under FGS at each multiple of eps_ref in the config; null when there is no eps_ref, or it is 0. */
  accuracyAt: v.nullable(
    v.array(v.strictObject({ factor: v.number(), epsilon: v.number(), accuracy: tallySchema })),
  ),
  /** Correct answers under FGS at each epsilon, sorted by epsilon; null when there is no eps_ref, or it is 0. */
  curve: v.nullable(v.strictObject({ epsilons: v.array(v.number()), correct: v.array(count), of: count })),
  roc: v.strictObject({
    benign: v.array(rocSchema),
    /** DeepFool images of the pre-trained model: a transfer test, the report's Fig. 3.6. */
    transferred: v.array(rocSchema),
    /** The model's own DeepFool images. */
    own: v.array(rocSchema),
  }),
  diagnostics: diagnosticsSchema,
});
export type ModelResult = v.InferOutput<typeof modelResultSchema>;

/** One row of the image comparison: what a model sees in each sample under one attack. */
const sampleRowSchema = v.strictObject({
  model: v.string(),
  attack: v.picklist(["deepfool", "fgs"]),
  /** Predicted class and its softmax probability, after the attack. */
  predicted: v.array(count),
  probability: v.array(share),
  /** Predicted class before the attack. */
  before: v.array(count),
  /** |Dx|/|x|, one an image. */
  rho: v.array(v.number()),
  /** 8-bit view (clamped to [0, 1], rounded), row-major, images one after another, base64. */
  pixels: v.string(),
});
export type SampleRow = v.InferOutput<typeof sampleRowSchema>;

const samplesSchema = v.strictObject({
  /** Positions in the test set. */
  indices: v.array(count),
  labels: v.array(count),
  epsilon: v.number(),
  original: v.string(),
  rows: v.array(sampleRowSchema),
});
export type Samples = v.InferOutput<typeof samplesSchema>;

const seedResultSchema = v.strictObject({
  seed: count,
  /** eps_ref; null when no epsilon up to the config's bound misclassifies enough images. */
  epsilonReference: v.nullable(v.number()),
  /** "pretrained" first, then the regimes in the config's order. */
  models: v.array(modelResultSchema),
  samples: samplesSchema,
});
export type SeedResult = v.InferOutput<typeof seedResultSchema>;

/** Wall-clock facts, the only part of a result that differs from run to run. */
const timingsSchema = v.strictObject({
  /** ISO 8601, UTC. */
  startedAt: v.string(),
  finishedAt: v.string(),
  tasks: v.array(
    v.strictObject({
      id: v.string(),
      kind: v.string(),
      seconds: v.number(),
      /** True when an earlier run had done the task; `seconds` is then the time it took there. */
      reused: v.boolean(),
    }),
  ),
});
export type Timings = v.InferOutput<typeof timingsSchema>;

export const resultSchema = v.strictObject({
  schemaVersion: v.literal(RESULT_SCHEMA_VERSION),
  config: experimentConfigSchema,
  dataset: datasetSchema,
  environment: environmentSchema,
  seeds: v.pipe(v.array(seedResultSchema), v.minLength(1)),
  timings: timingsSchema,
});
/** All that one run found, with all that is needed to read it back. */
export type Result = v.InferOutput<typeof resultSchema>;

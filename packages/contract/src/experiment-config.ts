import * as v from "valibot";

/**
 * What an experiment is, written by its user: every key may be left out, and then holds the default that stands here
 * and nowhere else. Unknown keys are refused. `parseExperimentConfig` gives the resolved form, which results carry.
 */

const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));
const countOrNone = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
const positive = (max: number) => v.pipe(v.number(), v.gtValue(0), v.maxValue(max));
const nonNegative = (max: number) => v.pipe(v.number(), v.minValue(0), v.maxValue(max));
const identifier = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{0,39}$/, "must be lower-case letters, digits and dashes"),
);

/** Text of one line. */
const words = (most: number) =>
  v.pipe(v.string(), v.maxLength(most), v.regex(/^\P{Cc}*$/u, "must hold no control characters"));

/** How long, in how large batches and how fast to train. */
const scheduleSchema = <E extends number, B extends number, L extends number>(
  epochs: E,
  batchSize: B,
  learningRate: L,
) => ({
  epochs: v.optional(countOrNone(1000), epochs),
  /** Images a step. */
  batchSize: v.optional(count(10_000), batchSize),
  learningRate: v.optional(positive(10), learningRate),
});

/**
 * Where DeepFool's overshoot acts, with r the sum of steps so far:
 * - `in-loop`: linearise and test at x + (1 + overshoot) r (LTS4's code, Foolbox, torchattacks, the report);
 * - `test-with`: linearise at x + r, test at x + (1 + overshoot) r (the official Deep Defense code);
 * - `after-crossing`: linearise and test at x + r, lengthen once at the end (the DeepFool paper, CleverHans, ART).
 * The perturbation is (1 + overshoot) r in all three.
 */
export const OVERSHOOT_CONVENTIONS = ["in-loop", "test-with", "after-crossing"] as const;
export type OvershootConvention = (typeof OVERSHOOT_CONVENTIONS)[number];

/**
 * Where DeepFool walks: in pixels, or in the space of the first dense layer's outputs (the same answers for less work). `auto`: there
 * where the model begins with a dense layer and nothing is clipped, else in pixels.
 */
export const GEOMETRIES = ["auto", "first-layer", "pixels"] as const;
export type GeometryChoice = (typeof GEOMETRIES)[number];

const deepFoolSchema = <S extends number, C extends OvershootConvention>(maxSteps: S, convention: C) =>
  v.optional(
    v.pipe(
      v.strictObject({
        /** Most steps for one image; the report's loop runs while iteration <= 5, which is 6 steps. Unfooled images are counted, never dropped. */
        maxSteps: v.optional(count(1000), maxSteps),
        /** Share by which the perturbation is lengthened past the boundary (0.02 = 2 %). */
        overshoot: v.optional(nonNegative(1), 0.02),
        convention: v.optional(v.picklist(OVERSHOOT_CONVENTIONS), convention),
        /**
         * Length added to every step, in units of pixel intensity. The paper and the official Deep Defense code add nothing; LTS4's code and
         * Foolbox add 1e-4.
         */
        margin: v.optional(nonNegative(1), 0),
        /** Keep adversarial images in [0, 1]. Neither original does. Needs pixel geometry. */
        clip: v.optional(v.boolean(), false),
        geometry: v.optional(v.picklist(GEOMETRIES), "auto"),
      }),
      v.check(
        ({ clip, geometry }) => !clip || geometry !== "first-layer",
        "geometry must not be first-layer where clip is true",
      ),
    ),
    {},
  );

const vanillaSchema = v.strictObject({
  kind: v.literal("vanilla"),
  id: v.optional(identifier, "vanilla"),
  label: v.optional(words(100), "Vanilla"),
  ...scheduleSchema(5, 64, 1e-3),
});

const fineTunedSchema = v.strictObject({
  kind: v.literal("fine-tuned"),
  id: v.optional(identifier, "fine-tuned"),
  label: v.optional(words(100), "Fine-tuned"),
  ...scheduleSchema(5, 64, 5e-4),
});

const deepDefenseSchema = v.strictObject({
  kind: v.literal("deep-defense"),
  id: v.optional(identifier, "deep-defense"),
  label: v.optional(words(100), "Deep Defense"),
  ...scheduleSchema(5, 100, 5e-4),
  /** Trained on DeepFool images of the pre-trained model (the report) or on benign ones (the NeurIPS paper). */
  images: v.optional(v.picklist(["deepfool", "benign"]), "deepfool"),
  /** Recomputed for the current weights every step, with the gradient through it; or computed once, as a constant. */
  perturbation: v.optional(v.picklist(["recomputed", "frozen"]), "recomputed"),
  /** Weight of the regulariser. */
  lambda: v.optional(nonNegative(1e6), 15),
  /** Steepness for images classified correctly: exp(-c |Dx|/|x|). */
  c: v.optional(nonNegative(1e6), 25),
  /** Steepness for misclassified images: exp(d |Dx|/|x|). */
  d: v.optional(nonNegative(1e6), 5),
  /** The exponent d |Dx|/|x| is capped here, and capped images are counted. */
  exponentCap: v.optional(positive(80), 20),
  deepFool: deepFoolSchema(5, "test-with"),
});

/** A way to go on training from the pre-trained weights: a discriminated union over `kind`. */
export const regimeSchema = v.variant("kind", [vanillaSchema, fineTunedSchema, deepDefenseSchema]);
export type Regime = v.InferOutput<typeof regimeSchema>;
export type VanillaRegime = v.InferOutput<typeof vanillaSchema>;
export type FineTunedRegime = v.InferOutput<typeof fineTunedSchema>;
export type DeepDefenseRegime = v.InferOutput<typeof deepDefenseSchema>;
export type DeepFoolSettings = DeepDefenseRegime["deepFool"];

/** The report's settings at evaluation. */
export const DEEP_FOOL_DEFAULTS: DeepFoolSettings = v.parse(deepFoolSchema(6, "in-loop"), undefined);

const REPORT_REGIMES = [
  { kind: "vanilla" },
  { kind: "fine-tuned" },
  { kind: "deep-defense" },
] satisfies v.InferInput<typeof regimeSchema>[];

export const experimentConfigSchema = v.pipe(
  v.strictObject({
    name: v.optional(identifier, "experiment"),
    title: v.optional(words(200), "Experiment"),
    dataset: v.optional(
      v.strictObject({
        /** "auto", "fashion-mnist", "mnist", "synthetic", or the path of a folder of IDX files. */
        name: v.optional(v.pipe(words(4096), v.minLength(1)), "auto"),
        /** Use only the first so many images; null for all. */
        train: v.optional(v.nullable(count(10_000_000)), null),
        test: v.optional(v.nullable(count(10_000_000)), null),
      }),
      {},
    ),
    /** One whole experiment a seed; tables give mean and standard deviation over them. */
    seeds: v.optional(
      v.pipe(
        v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1))),
        v.minLength(1),
        v.maxLength(100),
        v.check((seeds) => new Set(seeds).size === seeds.length, "must not repeat a seed"),
      ),
      [1],
    ),
    model: v.optional(
      v.strictObject({
        /** Sizes of the hidden ReLU layers; input and output sizes come from the data set. */
        hidden: v.optional(v.pipe(v.array(count(10_000)), v.maxLength(20)), [100]),
        /** Weights and biases: truncated normal with this standard deviation, redrawn beyond two of it. */
        initialDeviation: v.optional(positive(10), 0.01),
      }),
      {},
    ),
    adam: v.optional(
      v.strictObject({
        beta1: v.optional(v.pipe(nonNegative(1), v.ltValue(1)), 0.9),
        beta2: v.optional(v.pipe(nonNegative(1), v.ltValue(1)), 0.999),
        epsilon: v.optional(positive(1), 1e-7),
      }),
      {},
    ),
    pretraining: v.optional(v.strictObject(scheduleSchema(10, 64, 1e-3)), {}),
    /** How the DeepFool images of the training set are made, on the pre-trained model. */
    crafting: v.optional(v.strictObject({ deepFool: deepFoolSchema(6, "in-loop") }), {}),
    regimes: v.optional(v.pipe(v.array(regimeSchema), v.minLength(1), v.maxLength(20)), REPORT_REGIMES),
    evaluation: v.optional(
      v.strictObject({
        deepFool: deepFoolSchema(6, "in-loop"),
        fgs: v.optional(v.strictObject({ clip: v.optional(v.boolean(), false) }), {}),
        epsilonReference: v.optional(
          v.strictObject({
            /** Id of the regime whose model sets eps_ref. */
            model: v.optional(identifier, "deep-defense"),
            /** eps_ref is the smallest epsilon that makes this share of the test set misclassified. */
            misclassified: v.optional(v.pipe(positive(1)), 0.5),
            /** The coarse grid looks for the crossing from 0 to `upTo` by `step`; bisection then narrows it to `tolerance`. */
            upTo: v.optional(positive(100), 1),
            step: v.optional(positive(1), 0.005),
            tolerance: v.optional(positive(0.1), 1e-5),
          }),
          {},
        ),
        /** Accuracy is tabulated at these multiples of eps_ref. */
        accuracyAt: v.optional(
          v.pipe(v.array(positive(100)), v.minLength(1), v.maxLength(20)),
          [0.2, 0.5, 1],
        ),
        curve: v.optional(
          v.strictObject({
            points: v.optional(v.pipe(count(2000), v.minValue(2)), 61),
            /** The curve runs from 0 to this multiple of eps_ref. */
            upTo: v.optional(positive(100), 2),
          }),
          {},
        ),
        /** Classes whose ROC curves are drawn, counted from 0. All classes are computed. */
        rocClasses: v.optional(v.pipe(v.array(countOrNone(255)), v.maxLength(256)), [2, 3]),
        samples: v.optional(
          v.strictObject({
            /** How many test images the comparison shows. */
            count: v.optional(count(100), 10),
            /** FGS's epsilon in the comparison. */
            epsilon: v.optional(nonNegative(100), 0.05),
          }),
          {},
        ),
      }),
      {},
    ),
  }),
  v.check(
    ({ regimes }) => new Set(["pretrained", ...regimes.map(({ id }) => id)]).size === regimes.length + 1,
    "regimes must each have an id of their own, and not 'pretrained'",
  ),
  v.check(
    ({ evaluation: { epsilonReference } }) => epsilonReference.upTo / epsilonReference.step <= 10_000,
    "evaluation.epsilonReference.step must leave 10,000 grid points at most",
  ),
  v.check(
    ({ regimes, evaluation }) => regimes.some(({ id }) => id === evaluation.epsilonReference.model),
    "evaluation.epsilonReference.model must be the id of a regime",
  ),
);

/** A config as its user writes it. */
export type ExperimentConfigInput = v.InferInput<typeof experimentConfigSchema>;
/** A config with every default written out. */
export type ExperimentConfig = v.InferOutput<typeof experimentConfigSchema>;

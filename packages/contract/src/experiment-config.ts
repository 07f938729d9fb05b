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

/** A setting with what a form and the API's description say of it: its name, and in plain sentences what it does. */
const setting = <S extends v.GenericSchema>(schema: S, title: string, description: string) =>
  v.pipe(schema, v.title(title), v.description(description));

/** How long, in how large batches and how fast to train. */
const scheduleSchema = <E extends number, B extends number, L extends number>(
  epochs: E,
  batchSize: B,
  learningRate: L,
) => ({
  epochs: v.optional(
    setting(countOrNone(1000), "Epochs", "How often training goes through all training images."),
    epochs,
  ),
  batchSize: v.optional(setting(count(10_000), "Batch size", "Images a step."), batchSize),
  learningRate: v.optional(setting(positive(10), "Learning rate", "Adam's step size."), learningRate),
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

const deepFoolSchema = <S extends number, C extends OvershootConvention>(
  maxSteps: S,
  convention: C,
  description: string,
) =>
  v.optional(
    v.pipe(
      v.strictObject({
        maxSteps: v.optional(
          setting(
            count(1000),
            "Most steps",
            "Most steps for one image; the report's loop takes 6. Images unfooled after them are counted, never dropped.",
          ),
          maxSteps,
        ),
        overshoot: v.optional(
          setting(
            nonNegative(1),
            "Overshoot",
            "Share by which the perturbation is lengthened past the boundary: 0.02 is 2 %.",
          ),
          0.02,
        ),
        convention: v.optional(
          setting(
            v.picklist(OVERSHOOT_CONVENTIONS),
            "Convention",
            "Where the overshoot acts. in-loop: at every step (the report, Foolbox). test-with: only where an image is tested (the Deep Defense code). after-crossing: once at the end (the DeepFool paper).",
          ),
          convention,
        ),
        margin: v.optional(
          setting(
            nonNegative(1),
            "Margin",
            "Length added to every step, in units of pixel intensity. The paper and the Deep Defense code add nothing, Foolbox adds 0.0001.",
          ),
          0,
        ),
        clip: v.optional(
          setting(
            v.boolean(),
            "Keep pixels in [0, 1]",
            "Clips adversarial images. Neither original does. Needs pixel geometry, and is slower.",
          ),
          false,
        ),
        geometry: v.optional(
          setting(
            v.picklist(GEOMETRIES),
            "Geometry",
            "Where DeepFool walks: in pixels, or in the first layer's space, with the same answers for less work. auto takes the faster one where it can.",
          ),
          "auto",
        ),
      }),
      v.check(
        ({ clip, geometry }) => !clip || geometry !== "first-layer",
        "geometry must not be first-layer where clip is true",
      ),
      v.title("DeepFool"),
      v.description(description),
    ),
    {},
  );

/** What tells one trained model from the others. */
const modelName = <I extends string, L extends string>(id: I, label: L) => ({
  id: v.optional(
    setting(
      identifier,
      "Id",
      "Names the model in files and addresses: lower-case letters, digits and dashes.",
    ),
    id,
  ),
  label: v.optional(setting(words(100), "Label", "What tables and figures call the model."), label),
});

const vanillaSchema = setting(
  v.strictObject({
    kind: v.literal("vanilla"),
    ...modelName("vanilla", "Vanilla"),
    ...scheduleSchema(5, 64, 1e-3),
  }),
  "Vanilla",
  "Plain training, continued.",
);

const fineTunedSchema = setting(
  v.strictObject({
    kind: v.literal("fine-tuned"),
    ...modelName("fine-tuned", "Fine-tuned"),
    ...scheduleSchema(5, 64, 5e-4),
  }),
  "Fine-tuned",
  "Trained on DeepFool images of the training set.",
);

const deepDefenseSchema = setting(
  v.strictObject({
    kind: v.literal("deep-defense"),
    ...modelName("deep-defense", "Deep Defense"),
    ...scheduleSchema(5, 100, 5e-4),
    images: v.optional(
      setting(
        v.picklist(["deepfool", "benign"]),
        "Images",
        "Trained on DeepFool images of the pre-trained model (the report), or on benign ones (the NeurIPS paper).",
      ),
      "deepfool",
    ),
    perturbation: v.optional(
      setting(
        v.picklist(["recomputed", "frozen"]),
        "Perturbation",
        "recomputed: for the current weights at every step, with the gradient through it. frozen: once, as a constant; slower here.",
      ),
      "recomputed",
    ),
    lambda: v.optional(
      setting(nonNegative(1e6), "Lambda", "Weight of the regulariser; 0 leaves it out."),
      15,
    ),
    c: v.optional(
      setting(nonNegative(1e6), "Steepness c", "For images classified correctly: exp(-c |Dx|/|x|)."),
      25,
    ),
    d: v.optional(setting(nonNegative(1e6), "Steepness d", "For misclassified images: exp(d |Dx|/|x|)."), 5),
    exponentCap: v.optional(
      setting(
        positive(80),
        "Cap of the exponent",
        "The exponent d |Dx|/|x| is capped here, and capped images are counted.",
      ),
      20,
    ),
    deepFool: deepFoolSchema(5, "test-with", "The attack inside the regulariser."),
  }),
  "Deep Defense",
  "Trained with a regulariser that pushes the boundary away from the images.",
);

/** A way to go on training from the pre-trained weights: a discriminated union over `kind`. */
export const regimeSchema = v.variant("kind", [vanillaSchema, fineTunedSchema, deepDefenseSchema]);
export type Regime = v.InferOutput<typeof regimeSchema>;
export type VanillaRegime = v.InferOutput<typeof vanillaSchema>;
export type FineTunedRegime = v.InferOutput<typeof fineTunedSchema>;
export type DeepDefenseRegime = v.InferOutput<typeof deepDefenseSchema>;
export type DeepFoolSettings = DeepDefenseRegime["deepFool"];

/** The report's settings at evaluation. */
export const DEEP_FOOL_DEFAULTS: DeepFoolSettings = v.parse(deepFoolSchema(6, "in-loop", ""), undefined);

const REPORT_REGIMES = [
  { kind: "vanilla" },
  { kind: "fine-tuned" },
  { kind: "deep-defense" },
] satisfies v.InferInput<typeof regimeSchema>[];

const datasetChoiceSchema = v.strictObject({
  name: v.optional(
    setting(
      v.pipe(words(4096), v.minLength(1)),
      "Data set",
      "auto, fashion-mnist, mnist, synthetic or an uploaded one; on the command line also a folder of IDX files.",
    ),
    "auto",
  ),
  train: v.optional(
    setting(
      v.nullable(count(10_000_000)),
      "Training images",
      "Use only the first so many training images; none given: all.",
    ),
    null,
  ),
  test: v.optional(
    setting(
      v.nullable(count(10_000_000)),
      "Test images",
      "Use only the first so many test images; none given: all.",
    ),
    null,
  ),
});

const seedsSchema = v.pipe(
  v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1))),
  v.minLength(1),
  v.maxLength(100),
  v.check((seeds) => new Set(seeds).size === seeds.length, "must not repeat a seed"),
);

const modelSchema = v.strictObject({
  hidden: v.optional(
    setting(
      v.pipe(v.array(count(10_000)), v.maxLength(20)),
      "Hidden layers",
      "Sizes of the hidden ReLU layers; input and output sizes come from the data set. One layer is computed fastest.",
    ),
    [100],
  ),
  initialDeviation: v.optional(
    setting(
      positive(10),
      "Initial deviation",
      "Weights and biases start from a truncated normal with this standard deviation, redrawn beyond two of it.",
    ),
    0.01,
  ),
});

const adamSchema = v.strictObject({
  beta1: v.optional(
    setting(v.pipe(nonNegative(1), v.ltValue(1)), "Beta 1", "How slowly Adam's mean of gradients forgets."),
    0.9,
  ),
  beta2: v.optional(
    setting(v.pipe(nonNegative(1), v.ltValue(1)), "Beta 2", "How slowly Adam's mean of squares forgets."),
    0.999,
  ),
  epsilon: v.optional(
    setting(positive(1), "Epsilon", "Keeps Adam from dividing by zero; no attack's epsilon."),
    1e-7,
  ),
});

const epsilonReferenceSchema = v.strictObject({
  model: v.optional(setting(identifier, "Model", "Id of the regime whose model sets ε_ref."), "deep-defense"),
  misclassified: v.optional(
    setting(
      v.pipe(positive(1)),
      "Share misclassified",
      "ε_ref is the smallest ε that makes this share of the test set misclassified.",
    ),
    0.5,
  ),
  upTo: v.optional(
    setting(positive(100), "Look up to", "The coarse grid looks for the crossing from 0 to here."),
    1,
  ),
  step: v.optional(setting(positive(1), "Step", "Distance between the coarse grid's points."), 0.005),
  tolerance: v.optional(setting(positive(0.1), "Tolerance", "Bisection narrows the crossing to this."), 1e-5),
});

const evaluationSchema = v.strictObject({
  deepFool: deepFoolSchema(6, "in-loop", "The attack whose lengths give ρ₂."),
  fgs: v.optional(
    setting(
      v.strictObject({
        clip: v.optional(
          setting(v.boolean(), "Keep pixels in [0, 1]", "Clips adversarial images. Neither original does."),
          false,
        ),
      }),
      "FGS",
      "The fast gradient sign attack.",
    ),
    {},
  ),
  epsilonReference: v.optional(
    setting(epsilonReferenceSchema, "ε_ref", "The ε that models are compared at."),
    {},
  ),
  accuracyAt: v.optional(
    setting(
      v.pipe(v.array(positive(100)), v.minLength(1), v.maxLength(20)),
      "Accuracy at",
      "Accuracy is tabulated at these multiples of ε_ref.",
    ),
    [0.2, 0.5, 1],
  ),
  curve: v.optional(
    setting(
      v.strictObject({
        points: v.optional(
          setting(v.pipe(count(2000), v.minValue(2)), "Points", "How many ε the curve has."),
          61,
        ),
        upTo: v.optional(
          setting(positive(100), "Up to", "The curve runs from 0 to this multiple of ε_ref."),
          2,
        ),
      }),
      "Accuracy curve",
      "Accuracy under FGS against its ε.",
    ),
    {},
  ),
  rocClasses: v.optional(
    setting(
      v.pipe(v.array(countOrNone(255)), v.maxLength(256)),
      "ROC classes",
      "Classes whose ROC curves are drawn, counted from 0. All classes are computed.",
    ),
    [2, 3],
  ),
  samples: v.optional(
    setting(
      v.strictObject({
        count: v.optional(setting(count(100), "Images", "How many test images the comparison shows."), 10),
        epsilon: v.optional(setting(nonNegative(100), "ε", "FGS's ε in the comparison."), 0.05),
      }),
      "Sample images",
      "Original and attacked images side by side.",
    ),
    {},
  ),
});

export const experimentConfigSchema = v.pipe(
  v.strictObject({
    name: v.optional(
      setting(identifier, "Short name", "Names the run's folder: lower-case letters, digits and dashes."),
      "experiment",
    ),
    title: v.optional(setting(words(200), "Title", "What reports are headed with."), "Experiment"),
    dataset: v.optional(setting(datasetChoiceSchema, "Data set", "The images to train and to test on."), {}),
    seeds: v.optional(
      setting(
        seedsSchema,
        "Seeds",
        "One whole experiment a seed; tables give mean and standard deviation over them.",
      ),
      [1],
    ),
    model: v.optional(
      setting(modelSchema, "Model", "A multi-layer perceptron: dense layers with ReLU between them."),
      {},
    ),
    adam: v.optional(setting(adamSchema, "Adam", "The optimiser of all training."), {}),
    pretraining: v.optional(
      setting(
        v.strictObject(scheduleSchema(10, 64, 1e-3)),
        "Pre-training",
        "Gives the weights that every regime starts from.",
      ),
      {},
    ),
    crafting: v.optional(
      setting(
        v.strictObject({
          deepFool: deepFoolSchema(6, "in-loop", "The attack that makes them."),
        }),
        "Crafting",
        "How the DeepFool images of the training set are made, on the pre-trained model.",
      ),
      {},
    ),
    regimes: v.optional(
      setting(
        v.pipe(v.array(regimeSchema), v.minLength(1), v.maxLength(20)),
        "Regimes",
        "Ways to go on training from the pre-trained weights; each gives a model to compare.",
      ),
      REPORT_REGIMES,
    ),
    evaluation: v.optional(
      setting(evaluationSchema, "Evaluation", "How the models are attacked and measured."),
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

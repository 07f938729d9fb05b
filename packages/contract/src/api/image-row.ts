import * as v from "valibot";
import { modelIdSchema } from "./ids.ts";

const wholeNumber = (most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,10}$/, "must be a whole number"), v.transform(Number), v.maxValue(most));
const flag = v.pipe(
  v.picklist(["true", "false"]),
  v.transform((text) => text === "true"),
);

/** How one model took one test image, benign, under DeepFool, and under FGS at the config's `samples.epsilon`. */
export const imageRowSchema = v.object({
  seed: v.number(),
  model: modelIdSchema,
  /** Position in the test set. */
  index: v.number(),
  label: v.number(),
  /** Predicted class and its softmax probability, before any attack. */
  predicted: v.number(),
  probability: v.number(),
  deepFool: v.object({
    predicted: v.number(),
    probability: v.number(),
    /** Whether the image left the class it was in. */
    fooled: v.boolean(),
    steps: v.number(),
    /** |Dx|, pixels running from 0 to 1, and |Dx|/|x|; null for a blank image. */
    norm: v.number(),
    rho: v.nullable(v.number()),
  }),
  fgs: v.object({ predicted: v.number(), probability: v.number() }),
});
export type ImageRow = v.InferOutput<typeof imageRowSchema>;

export const imageListQuerySchema = v.strictObject({
  /** Default: the run's first seed; its first model, "pretrained". */
  seed: v.optional(wholeNumber(2 ** 32 - 1)),
  model: v.optional(modelIdSchema),
  /** True class. */
  class: v.optional(wholeNumber(255)),
  /** Only images that DeepFool led out of their class, or only those it did not. */
  fooled: v.optional(flag),
  /** Only images that the model classifies correctly before any attack, or only the others. */
  correct: v.optional(flag),
  limit: v.optional(v.pipe(wholeNumber(1000), v.minValue(1)), "50"),
  /** Only images from this position in the test set on: a page's `next`. */
  from: v.optional(wholeNumber(2 ** 31), "0"),
});
export type ImageListQueryInput = v.InferInput<typeof imageListQuerySchema>;
export type ImageListQuery = v.InferOutput<typeof imageListQuerySchema>;

export const imageListSchema = v.object({
  images: v.array(imageRowSchema),
  /** How many images fit the filters, on all pages. */
  total: v.number(),
  /** The next page's `from`; null on the last one. */
  next: v.nullable(v.number()),
});
export type ImageList = v.InferOutput<typeof imageListSchema>;

export const IMAGE_VIEWS = ["original", "deepfool", "fgs"] as const;
export const imageQuerySchema = v.strictObject({
  seed: v.optional(wholeNumber(2 ** 32 - 1)),
  model: v.optional(modelIdSchema),
  view: v.optional(v.picklist(IMAGE_VIEWS), "original"),
  /** For `fgs`: the step's length; default: the config's `samples.epsilon`. */
  epsilon: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}(\.\d{1,8})?$/, "must be a number of at most 100"),
      v.transform(Number),
      v.maxValue(100),
    ),
  ),
  /** For PNG: each pixel becomes a square of so many. */
  scale: v.optional(v.pipe(wholeNumber(32), v.minValue(1)), "1"),
});
export type ImageQueryInput = v.InferInput<typeof imageQuerySchema>;
export type ImageQuery = v.InferOutput<typeof imageQuerySchema>;

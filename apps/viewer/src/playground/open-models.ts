import { deepFoolTrail, lossGradientSign, UNTARGETED } from "@gambeson/attacks";
import { argMax } from "@gambeson/metrics";
import { loadMlp, withGram, type Classifier } from "@gambeson/models";
import { scoped, ShapeError, tf, type Tensor2D } from "@gambeson/runtime";
import { relativeLength } from "../view-models/relative-length.ts";
import { boundaryMaps } from "./boundary-maps.ts";
import { logitsAcross } from "./logits-across.ts";
import { softmaxRows } from "./softmax-rows.ts";
import type {
  AttackedImage,
  BoundaryMap,
  DeepFoolRequest,
  DeepFoolTrail,
  FgsCurve,
  FgsCurveRequest,
  FgsRequest,
  LoadRequest,
  MapsRequest,
  Sight,
  Subject,
} from "./protocol.ts";
import { norm } from "./vector.ts";

/** Models of a run, and what they make of one image: every answer has one entry a model, in the order they were given. */
export interface PlayModels {
  readonly inputSize: number;
  readonly classCount: number;
  see(pixels: Float32Array): readonly Sight[];
  fgs(request: FgsRequest): readonly AttackedImage[];
  fgsCurve(request: FgsCurveRequest): readonly FgsCurve[];
  deepFool(request: DeepFoolRequest): readonly DeepFoolTrail[];
  maps(request: MapsRequest): readonly (BoundaryMap | null)[];
  /** Frees the models. */
  dispose(): void;
}

/**
 * Loads models to attack images on. FGS's signs are kept until another image or label comes, so another epsilon costs next to nothing.
 *
 * @throws {SyntaxError} {RangeError} {ShapeError} As `loadMlp` does.
 * @throws {ShapeError} If the models do not fit each other. Later, where an image or a label does not fit the models.
 */
export function openModels({ weights }: LoadRequest): PlayModels {
  const models: Classifier[] = [];
  const close = () => {
    for (const { parameters, firstLayer } of models) tf.dispose([...parameters, firstLayer?.gram ?? []]);
  };
  try {
    for (const file of weights) models.push(withGram(loadMlp(file)));
    const [inputSize, classCount] = commonSizes(models);
    const signs = keepSigns(models);
    return {
      inputSize,
      classCount,
      see: (pixels) => models.map((model) => see(model, pixels)),
      fgs: (request) => signs.of(request).map((sign, index) => fgsImage(models[index]!, request, sign)),
      fgsCurve: (request) => signs.of(request).map((sign, index) => fgsCurve(models[index]!, request, sign)),
      deepFool: (request) => models.map((model) => deepFoolTrailOf(model, request)),
      maps: (request) => boundaryMaps(models, request, signs.of(request)),
      dispose: close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function commonSizes(models: readonly Classifier[]): [number, number] {
  const sizes = new Set(models.map(({ inputSize, classCount }) => `${inputSize} to ${classCount}`));
  const [first] = models;
  if (first !== undefined && sizes.size === 1) return [first.inputSize, first.classCount];
  throw new ShapeError(
    `Cannot attack the models side by side as they must be one or more of one shape: current value is ${[...sizes].join(", ") || "none"}`,
  );
}

/** FGS's sign of each model for the last image asked for, `[inputSize]`. */
function keepSigns(models: readonly Classifier[]): { of(subject: Subject): readonly Float32Array[] } {
  let kept: (Subject & { readonly signs: readonly Float32Array[] }) | null = null;
  return {
    of: ({ pixels, label }) => {
      if (kept?.label !== label || !isSame(kept.pixels, pixels)) {
        const signs = models.map((model) =>
          scoped(() => lossGradientSign(model, row(pixels), [label]).dataSync<"float32">()),
        );
        kept = { pixels: pixels.slice(), label, signs };
      }
      return kept.signs;
    },
  };
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function row(pixels: Float32Array): Tensor2D {
  return tf.tensor2d(pixels, [1, pixels.length]);
}

function see(model: Classifier, pixels: Float32Array): Sight {
  return sightOf(scoped(() => model.logits(row(pixels)).dataSync<"float32">()));
}

/** @param logits Of one image. */
function sightOf(logits: Float32Array): Sight {
  return { probabilities: softmaxRows(logits, logits.length), predicted: argMax(logits, logits.length)[0]! };
}

function fgsImage(
  model: Classifier,
  { pixels, epsilon, clip }: FgsRequest,
  sign: Float32Array,
): AttackedImage {
  const moved = pixels.map((value, i) => {
    const next = value + epsilon * sign[i]!;
    return clip ? Math.min(Math.max(next, 0), 1) : next;
  });
  return { ...see(model, moved), pixels: moved, rho: relativeLength(pixels, moved) };
}

function fgsCurve(
  model: Classifier,
  { pixels, label, epsilons, clip }: FgsCurveRequest,
  sign: Float32Array,
): FgsCurve {
  const logits = scoped(() =>
    logitsAcross(model, {
      origin: row(pixels),
      directions: row(sign),
      coefficients: tf.tensor2d(epsilons, [epsilons.length, 1]),
      clip,
    }),
  );
  const { classCount } = model;
  const probabilities = softmaxRows(logits, classCount);
  return {
    predicted: argMax(logits, classCount),
    probability: epsilons.map((_, at) => probabilities[at * classCount + label]!),
  };
}

function deepFoolTrailOf(model: Classifier, { pixels, settings }: DeepFoolRequest): DeepFoolTrail {
  const length = norm(pixels);
  const trail = scoped(() => deepFoolTrail(model, row(pixels), [UNTARGETED], settings));
  const states = trail.map(({ images, logits, norms, towards: [towards] }) => ({
    ...sightOf(logits),
    pixels: images,
    rho: length === 0 ? null : norms[0]! / length,
    towards: towards! < 0 ? null : towards!,
  }));
  return { states, fooled: states.at(-1)!.predicted !== states[0]!.predicted };
}

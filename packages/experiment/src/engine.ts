import type { DeepFoolOptions } from "@gambeson/attacks";
import type { Classifier } from "@gambeson/models";
import type { ImageSource, TrainerFactory } from "@gambeson/training";

/**
 * Who computes: what tasks ask about a model and a whole set of images. There are two: `tensorEngine`, the reference, for every
 * model, in TensorFlow.js' operations; and `kernelEngine`, fast, which hands on to the reference what the kernels do not cover.
 */
export interface Engine {
  /** Stored with results: "tfjs", or "gambeson" and the kernels' variant. */
  readonly kernels: string;
  readonly trainer: TrainerFactory;
  /**
   * @returns Logits, float32 `[count, classCount]`.
   * @throws The signal's reason once it is aborted; the same below.
   */
  logitsOfSet(
    model: Classifier,
    source: ImageSource,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Float32Array>;
  /** DeepFool on every image, each away from the class predicted for it. */
  deepFoolOfSet(
    model: Classifier,
    source: ImageSource,
    options: DeepFoolOptions,
    hooks: DeepFoolHooks,
  ): Promise<DeepFoolOfSet>;
  /** FGS on every image, at any epsilon. */
  fgsSweepOfSet(model: Classifier, source: ImageSource, options: FgsSweepOptions): Promise<FgsSweepOfSet>;
}

export interface DeepFoolHooks {
  readonly signal: AbortSignal;
  /** Gets the share done, in [0, 1]. */
  onProgress(share: number): void;
  /** Gets the images plus their perturbations, `[some, imageSize]`, and the position of the first; in order. */
  onImages?(images: Float32Array, first: number): void;
}

/** What DeepFool found, one entry an image. */
export interface DeepFoolOfSet {
  /** Classes predicted before the attack. */
  readonly before: Int32Array<ArrayBuffer>;
  /** |Dx| and |x|. */
  readonly norm: Float32Array<ArrayBuffer>;
  readonly imageNorm: Float32Array<ArrayBuffer>;
  /** 1 for an image that left its class. */
  readonly fooled: Uint8Array<ArrayBuffer>;
  readonly steps: Int32Array<ArrayBuffer>;
  /** Logits of the perturbed images, `[count, classCount]`. */
  readonly logits: Float32Array<ArrayBuffer>;
}

/** Room for what DeepFool finds. */
export function emptyFindings(count: number, classCount: number): DeepFoolOfSet {
  return {
    before: new Int32Array(count),
    norm: new Float32Array(count),
    imageNorm: new Float32Array(count),
    fooled: new Uint8Array(count),
    steps: new Int32Array(count),
    logits: new Float32Array(count * classCount),
  };
}

export interface FgsSweepOptions {
  readonly clip: boolean;
  readonly signal: AbortSignal;
  /**
   * Gets where FGS moves the pixels, uint8 `[some, imageSize]`: 1 brighter, 2 darker, 0 not at all; and the position of the first
   * image; in order.
   */
  onSigns?(signs: Uint8Array, first: number): void;
}

export interface FgsSweepOfSet {
  /** How many images are classified correctly, at each epsilon. */
  correctAt(epsilons: readonly number[]): number[];
  /** Logits of the images moved by `epsilon`, float32 `[count, classCount]`. Owned by the caller. */
  logitsAt(epsilon: number): Float32Array;
  /** Images whose gradient is zero everywhere, which FGS cannot move. */
  readonly zeroGradients: number;
  readonly count: number;
  dispose(): void;
}

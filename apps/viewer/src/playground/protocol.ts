import type { DeepFoolSettings } from "@gambeson/contract";

/** What the page and its worker say to each other: calls with an answer each, matched by id. Arrays are row-major; pixels run from 0 to 1. */

/** An image to attack. */
export interface Subject {
  /** float32 `[inputSize]`. */
  readonly pixels: Float32Array;
  /** Its true class, which FGS leads away from; in `[0, classCount)`. */
  readonly label: number;
}

export interface LoadRequest {
  /** Weights of each model, safetensors; all of the same input size and class count. */
  readonly weights: readonly Uint8Array<ArrayBuffer>[];
}

/** Who computes in the worker. */
export interface PlayBackend {
  readonly variant: "simd-threads" | "simd" | "plain";
  readonly threads: number;
  /** Why it is not the fastest variant; null when it is. */
  readonly fallback: string | null;
  readonly inputSize: number;
  readonly classCount: number;
}

/** What one model makes of an image. */
export interface Sight {
  /** Softmax probabilities, `[classCount]`. */
  readonly probabilities: Float32Array;
  readonly predicted: number;
}

/** An attacked image and what the model that it was attacked on makes of it. */
export interface AttackedImage extends Sight {
  /** float32 `[inputSize]`; outside [0, 1] where the attack does not clip. */
  readonly pixels: Float32Array;
  /** |Dx|/|x|, Euclidean; null for a blank image. */
  readonly rho: number | null;
}

export interface FgsRequest extends Subject {
  /** 0 or more. */
  readonly epsilon: number;
  readonly clip: boolean;
}

export interface FgsCurveRequest extends Subject {
  /** Size of every attack, each 0 or more. */
  readonly epsilons: Float32Array;
  readonly clip: boolean;
}

/** One model under FGS of every size. */
export interface FgsCurve {
  /** Predicted class at each epsilon. */
  readonly predicted: Int32Array;
  /** Probability of the true class at each epsilon. */
  readonly probability: Float32Array;
}

export interface DeepFoolRequest {
  /** float32 `[inputSize]`. */
  readonly pixels: Float32Array;
  readonly settings: DeepFoolSettings;
}

/** One model's walk to its nearest boundary. */
export interface DeepFoolTrail {
  /** Where the image stands after 0, 1, ... steps. */
  readonly states: readonly DeepFoolStateSeen[];
  /** Whether the last state is in another class than the first. */
  readonly fooled: boolean;
}

export interface DeepFoolStateSeen extends AttackedImage {
  /** The class that the step which led here headed for; null at the start, and where no class was in reach. */
  readonly towards: number | null;
}

export interface MapsRequest extends Subject {
  /** The images that DeepFool came by on each model: `pixels` of its states, the last one its answer. */
  readonly walks: readonly (readonly Float32Array[])[];
}

/**
 * The classes that a model sees around an image x, in the plane of DeepFool's direction (to the right) and of FGS's (its part across that
 * one, upwards). Lengths are shares of |x|.
 */
export interface BoundaryMap {
  /** Cells a side. */
  readonly size: number;
  /** Where the square begins and ends: to the right, and upwards. */
  readonly right: readonly [from: number, to: number];
  readonly up: readonly [from: number, to: number];
  /** Predicted class at the middle of each cell, the lowest row first; `[size * size]`. */
  readonly classes: Uint8Array;
  /** DeepFool's states, seen in the plane. */
  readonly walk: readonly (readonly [right: number, up: number])[];
  /** Where FGS goes, a direction of length 1. */
  readonly fgs: readonly [right: number, up: number];
}

/** Every call: what is asked, and what is answered, one entry a model but for `load`. */
export interface PlayCalls {
  readonly load: readonly [LoadRequest, PlayBackend];
  readonly see: readonly [Pick<Subject, "pixels">, readonly Sight[]];
  readonly fgs: readonly [FgsRequest, readonly AttackedImage[]];
  readonly "fgs-curve": readonly [FgsCurveRequest, readonly FgsCurve[]];
  readonly deepfool: readonly [DeepFoolRequest, readonly DeepFoolTrail[]];
  /** All maps have one scale. Null where there is no plane to draw: a blank image, or one that an attack cannot move. */
  readonly maps: readonly [MapsRequest, readonly (BoundaryMap | null)[]];
}
export type PlayKind = keyof PlayCalls;

/** A call as it is sent: `{ id: 1, kind: "fgs", asked: { ... } }`. */
export type PlayMessage = {
  readonly [K in PlayKind]: { readonly id: number; readonly kind: K; readonly asked: PlayCalls[K][0] };
}[PlayKind];

export type PlayReply =
  | { readonly id: number; readonly answer: PlayCalls[PlayKind][1]; readonly ms: number }
  /** `failure` is a sentence for people. */
  | { readonly id: number; readonly failure: string };

import {
  parseExperimentConfig,
  parseResult,
  type ModelResult,
  type Result,
  type RocOfClass,
} from "@gambeson/contract";

const HASH = "0123456789abcdef".repeat(4);
/** A label that a spreadsheet would run. */
export const FORMULA = "=1+1";
export const SEED = 4_000_000_000;

/** A result of three test images of 2 x 3 pixels in two classes, with one seed and two models; made up, but sound. */
export function smallResult(): Result {
  const config = parseExperimentConfig({
    name: "small",
    title: "Small",
    dataset: { name: "synthetic" },
    seeds: [SEED],
    regimes: [{ kind: "vanilla", label: FORMULA, epochs: 0 }],
    evaluation: {
      epsilonReference: { model: "vanilla" },
      accuracyAt: [1],
      curve: { points: 2 },
      rocClasses: [0],
      samples: { count: 1, epsilon: 0.25 },
    },
  });
  const split = { imagesSha256: HASH, labelsSha256: HASH };
  return parseResult({
    schemaVersion: 1,
    config,
    dataset: {
      ...{ name: "synthetic", title: "Synthetic", synthetic: true, warning: null, height: 2, width: 3 },
      classNames: ["bag", "shoe"],
      train: { count: 4, ...split },
      test: { count: 3, ...split },
    },
    environment: {
      ...{ version: "0.1.0", code: "0123456789ab", runtime: "deno 2.9.6", platform: "linux x86_64" },
      backend: {
        ...{ name: "wasm", variant: "simd", threads: 1, fallback: null },
        ...{ tensorflow: "4.22.0", kernels: "gambeson" },
      },
    },
    seeds: [
      {
        seed: SEED,
        epsilonReference: 0.25,
        models: [model("pretrained", "Pre-trained"), model("vanilla", FORMULA)],
        samples: SAMPLES,
      },
    ],
    timings: { startedAt: "2026-01-01T00:00:00.000Z", finishedAt: "2026-01-01T00:00:09.000Z", tasks: [] },
  });
}

function model(id: string, label: string): ModelResult {
  const has = (count: number) => ({ count, of: 3 });
  const roc = [curve(0, 0.5), curve(1, 1)];
  return {
    ...{ id, label, weightsSha256: HASH, training: [], accuracy: has(2) },
    confusion: [
      [1, 0],
      [1, 1],
    ],
    robustness: {
      ...{ rho2: 0.125, rho2Correct: null, median: 0.1, fooled: has(3), meanSteps: 2 },
      histogram: { upTo: 1, counts: [3] },
    },
    accuracyAt: [{ factor: 1, epsilon: 0.25, accuracy: has(1) }],
    // The pre-trained model has none.
    curve: id === "pretrained" ? null : { epsilons: [0, 0.5], correct: [2, 1], of: 3 },
    roc: { benign: roc, transferred: roc, own: roc },
    diagnostics: {
      ...{ zeroGradient: has(0), unfooled: has(0), wrongBefore: has(1), blank: has(0) },
      curveRises: { count: 0, largest: 0 },
    },
  };
}

/** Class 0 has one image, class 1 two. */
function curve(k: number, auc: number): RocOfClass {
  const [positives, negatives] = k === 0 ? [1, 2] : [2, 1];
  return {
    class: k,
    auc,
    positives,
    negatives,
    falsePositives: [0, 0, negatives],
    truePositives: [0, 1, positives],
  };
}

const PIXELS = btoa("\0\0\0\0\0\0");
const SAMPLES = {
  ...{ indices: [1], labels: [1], epsilon: 0.25, original: PIXELS },
  rows: ["pretrained", "vanilla"].flatMap((of) =>
    ["deepfool", "fgs"].map((attack) => ({
      ...{ model: of, attack, predicted: [0], probability: [0.75], before: [1], rho: [0.5], pixels: PIXELS },
    })),
  ),
};

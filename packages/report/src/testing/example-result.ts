import {
  parseExperimentConfig,
  parseResult,
  type ExperimentConfig,
  type ModelResult,
  type Result,
  type Samples,
  type SeedResult,
} from "@gambeson/contract";
import {
  accuracy,
  argMax,
  confusionMatrix,
  curveRises,
  evenlySpaced,
  robustness,
  rocOfClasses,
} from "@gambeson/metrics";

const CLASSES = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];
const IMAGES = 2000;
const SIDE = 28;

/** What an invented model is like: how far it tells classes apart, and how fast it falls under FGS. */
interface Character {
  readonly margin: Readonly<Record<"benign" | "transferred" | "own", number>>;
  readonly rho2: number;
  /** Accuracy falls as exp(-(epsilon / (reach * eps_ref)) ^ power). */
  readonly reach: number;
  readonly power: number;
}
/** Near what an independent program got with this method on Fashion-MNIST. */
const CHARACTERS: Readonly<Record<string, Character>> = {
  pretrained: { margin: { benign: 2.85, transferred: 0.9, own: 0.9 }, rho2: 0.0457, reach: 0.56, power: 1.4 },
  vanilla: { margin: { benign: 2.92, transferred: 2.1, own: 0.9 }, rho2: 0.0381, reach: 0.5, power: 1.43 },
  "fine-tuned": {
    margin: { benign: 2.88, transferred: 3.7, own: 1 },
    rho2: 0.0442,
    reach: 0.608,
    power: 1.395,
  },
  "deep-defense": {
    margin: { benign: 2.74, transferred: 3.55, own: 1.1 },
    rho2: 0.111,
    reach: 1.665,
    power: 1.2,
  },
  "deep-defense-benign": {
    margin: { benign: 2.8, transferred: 3.1, own: 1.1 },
    rho2: 0.105,
    reach: 1.62,
    power: 1.2,
  },
};

/** An invented result with the report's settings, the same each time; its numbers are plausible, not measured. */
export function exampleResult(seedCount = 1): Result {
  const config = parseExperimentConfig({
    name: "report",
    title: "Vanilla, Fine-tuned and Deep Defense",
    dataset: { name: "fashion-mnist" },
    seeds: Array.from({ length: seedCount }, (_, i) => i + 1),
    regimes: [
      { kind: "vanilla" },
      { kind: "fine-tuned" },
      { kind: "deep-defense" },
      {
        kind: "deep-defense",
        id: "deep-defense-benign",
        label: "Deep Defense, benign images",
        images: "benign",
      },
    ],
  });
  return parseResult({
    schemaVersion: 1,
    config,
    dataset: {
      ...{
        name: "fashion-mnist",
        title: "Fashion-MNIST",
        synthetic: false,
        warning: null,
        height: SIDE,
        width: SIDE,
      },
      classNames: CLASSES,
      train: { count: 60_000, imagesSha256: hex(1), labelsSha256: hex(2) },
      test: { count: IMAGES, imagesSha256: hex(3), labelsSha256: hex(4) },
    },
    environment: {
      ...{ version: "0.1.0", code: "3f9c2a71b0de", runtime: "deno 2.9.6", platform: "linux x86_64" },
      backend: {
        ...{ name: "wasm", variant: "simd-threads", threads: 2, fallback: null },
        ...{ tensorflow: "4.22.0", kernels: "tensorflow.js" },
      },
    },
    seeds: config.seeds.map((seed) => exampleSeed(config, seed)),
    timings: {
      startedAt: "2026-01-02T03:04:05.000Z",
      finishedAt: "2026-01-02T03:16:49.000Z",
      tasks: [
        { id: "seed-1/pretrain", kind: "pretrain", seconds: 214.2, reused: false },
        { id: "seed-1/deep-defense/train", kind: "train", seconds: 301.7, reused: true },
      ],
    },
  });
}

function exampleSeed(config: ExperimentConfig, seed: number): SeedResult {
  const next = mulberry32(seed);
  const epsilonReference = 0.0595 * (1 + 0.03 * normal(next));
  const labels = Array.from({ length: IMAGES }, (_, i) => i % CLASSES.length);
  const trained = [{ id: "pretrained", label: "Pre-trained" }, ...config.regimes];
  const models = trained.map((model) => exampleModel(config, model, { labels, epsilonReference, next }));
  return { seed, epsilonReference, models, samples: exampleSamples(config, models, next) };
}

interface Surroundings {
  readonly labels: readonly number[];
  readonly epsilonReference: number;
  readonly next: () => number;
}

function exampleModel(
  config: ExperimentConfig,
  { id, label }: Readonly<{ id: string; label: string }>,
  { labels, epsilonReference, next }: Surroundings,
): ModelResult {
  const { margin, rho2, reach, power } = CHARACTERS[id] ?? CHARACTERS.vanilla!;
  const scores = exampleScores(labels, margin.benign, next);
  const predicted = argMax(scores, CLASSES.length);
  const right = accuracy(predicted, labels);
  const under = (epsilon: number) =>
    Math.round(right.count * Math.exp(-((epsilon / (reach * epsilonReference)) ** power)));
  const epsilons = evenlySpaced(
    config.evaluation.curve.upTo * epsilonReference,
    config.evaluation.curve.points,
  );
  const correct = epsilons.map(under);
  const spread = 0.55;
  const centre = rho2 * (1 + 0.04 * normal(next)) * Math.exp(-(spread ** 2) / 2);
  const fooled = labels.map(() => next() < 0.996);
  const zeroGradient = id === "vanilla" ? 37 : 3;
  return {
    id,
    label,
    weightsSha256: hex(1000 + id.length),
    training: exampleTraining(id, right.count / right.of, next),
    accuracy: right,
    confusion: confusionMatrix(predicted, labels, CLASSES.length),
    robustness: robustness({
      norm: labels.map(() => 9 * centre * Math.exp(spread * normal(next))),
      imageNorm: labels.map(() => 9),
      fooled,
      steps: labels.map(() => 1 + Math.floor(3 * next())),
      correct: labels.map((k, i) => predicted[i] === k),
    }),
    accuracyAt: config.evaluation.accuracyAt.map((factor) => {
      const epsilon = factor * epsilonReference;
      return { factor, epsilon, accuracy: { count: under(epsilon), of: IMAGES } };
    }),
    curve: { epsilons, correct, of: IMAGES },
    roc: {
      benign: rocOfClasses(scores, labels, CLASSES.length),
      transferred: rocOfClasses(exampleScores(labels, margin.transferred, next), labels, CLASSES.length),
      own: rocOfClasses(exampleScores(labels, margin.own, next), labels, CLASSES.length),
    },
    diagnostics: {
      zeroGradient: { count: zeroGradient, of: IMAGES },
      unfooled: { count: fooled.filter((isFooled) => !isFooled).length, of: IMAGES },
      wrongBefore: { count: IMAGES - right.count, of: IMAGES },
      blank: { count: 0, of: IMAGES },
      curveRises: curveRises(correct, IMAGES),
    },
  };
}

function exampleTraining(id: string, end: number, next: () => number): ModelResult["training"] {
  const epochs = id === "pretrained" ? 10 : 5;
  const regularised = id.startsWith("deep-defense");
  return Array.from({ length: epochs }, (_, i) => {
    const missing = (id === "pretrained" ? 0.12 : 0.01) * Math.exp(-i / 2);
    const regulariser = regularised ? 0.8 + 2 * Math.exp(-i) : null;
    return {
      epoch: i + 1,
      loss: 0.3 + 2 * missing + (regulariser ?? 0),
      regulariser,
      trainAccuracy: { count: Math.round(60_000 * (end + 0.02 - missing)), of: 60_000 },
      testAccuracy: { count: Math.round(IMAGES * (end - missing * (0.8 + 0.4 * next()))), of: IMAGES },
      capped: regularised ? 12 - 2 * i : null,
      unfooled: regularised ? 340 - 20 * i : null,
    };
  });
}

function exampleSamples(
  config: ExperimentConfig,
  models: readonly ModelResult[],
  next: () => number,
): Samples {
  const { count, epsilon } = config.evaluation.samples;
  const labels = Array.from({ length: count }, (_, i) => (9 + 3 * i) % CLASSES.length);
  const originals = labels.flatMap((k) => drawGarment(k, next));
  const rows = models.flatMap((model, m) =>
    (["deepfool", "fgs"] as const).map((attack, a) => {
      const isFooled = labels.map(() => (attack === "deepfool" ? next() < 0.98 : next() < 0.9 - 0.15 * m));
      const size = attack === "fgs" ? epsilon : 0.015 * (1 + m + a);
      return {
        ...{ model: model.id, attack },
        predicted: labels.map((k, i) => (isFooled[i] ? (k + 4) % CLASSES.length : k)),
        probability: labels.map(() => 0.45 + 0.5 * next()),
        before: labels.map((k, i) => (i === 5 ? (k + 4) % CLASSES.length : k)),
        rho: labels.map(() => 0.03 + 0.05 * next()),
        pixels: base64(originals.map((value) => value + size * (next() < 0.5 ? -1 : 1))),
      };
    }),
  );
  const indices = labels.map((k, i) => 11 * i + k);
  return { indices, labels, epsilon, original: base64(originals), rows };
}

/** Softmax probabilities `[images, classes]` of noisy logits whose true class is ahead by `margin` on average. */
function exampleScores(labels: readonly number[], margin: number, next: () => number): number[] {
  return labels.flatMap((label) => {
    const odds = CLASSES.map((_, k) => Math.exp(normal(next) + (k === label ? margin : 0)));
    const sum = odds.reduce((total, value) => total + value, 0);
    return odds.map((value) => value / sum);
  });
}

/** A blob in [0, 1] whose outline depends on the class. */
function drawGarment(k: number, next: () => number): number[] {
  const level = 0.5 + 0.3 * next();
  return Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [((i % SIDE) - 13.5) / 13.5, (Math.floor(i / SIDE) - 13.5) / 13.5];
    const isShoe = k === 5 || k === 7 || k === 9;
    const outline = isShoe ? 0.55 - 0.3 * x * (k === 9 ? -1 : 1) : 0.35 + 0.09 * (k % 4) + (k % 2) * 0.2 * y;
    const isInside = isShoe
      ? Math.abs(y - 0.35) < outline * 0.7 && Math.abs(x) < 0.95
      : Math.abs(x) < outline && Math.abs(y) < 0.92;
    const isGap = k === 1 && Math.abs(x) < 0.1 && y > -0.4;
    return isInside && !isGap ? level + 0.15 * (next() - 0.5) : 0;
  });
}

function base64(values: readonly number[]): string {
  const bytes = values.map((value) => Math.round(255 * Math.min(1, Math.max(0, value))));
  return btoa(bytes.map((byte) => String.fromCharCode(byte)).join(""));
}

function hex(seed: number): string {
  const next = mulberry32(seed);
  return Array.from({ length: 64 }, () => Math.floor(16 * next()).toString(16)).join("");
}

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Mulberry32 (Tommy Ettinger, 2017): numbers in [0, 1) that are the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

import type { DeepFoolSettings, Regime, Result } from "@gambeson/contract";
import { grouped, percent } from "./format-number.ts";

/** One entry of the methods box. "ε_ref" in its term is set with a subscript. */
export interface Method {
  readonly term: string;
  readonly text: string | readonly Checksum[];
}

export interface Checksum {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly of: string;
}

const CONVENTIONS: Readonly<Record<DeepFoolSettings["convention"], string>> = {
  "in-loop": "overshoot inside the loop",
  "test-with": "overshoot in the test only",
  "after-crossing": "overshoot once, after crossing",
};

/** Every setting behind the numbers, so that each can be read back. */
export function methodsOf(result: Result): readonly Method[] {
  const { config, dataset, environment } = result;
  const { evaluation, pretraining } = config;
  const { backend } = environment;
  const entries: readonly (readonly [string, string | readonly Checksum[]])[] = [
    [
      "Data",
      `${dataset.title} (${dataset.name}), ${grouped(dataset.train.count)} training and ${grouped(dataset.test.count)} test images of ${dataset.height} × ${dataset.width}, pixels / 255`,
    ],
    [
      "Model",
      `MLP ${[dataset.height * dataset.width, ...config.model.hidden, dataset.classNames.length].join("-")}, ReLU; truncated normal start, standard deviation ${config.model.initialDeviation}`,
    ],
    ["Optimiser", `Adam, β₁ ${config.adam.beta1}, β₂ ${config.adam.beta2}, ε ${config.adam.epsilon}`],
    ["Pre-training", schedule(pretraining)],
    ...config.regimes.map((regime) => [regime.label, regimeText(regime)] as const),
    ["Images to train on", `DeepFool on the pre-trained model: ${deepFoolText(config.crafting.deepFool)}`],
    ["DeepFool, measured", deepFoolText(evaluation.deepFool)],
    [
      "FGS",
      `${evaluation.fgs.clip ? "clipped to [0, 1]" : "not clipped"}; curve of ${evaluation.curve.points} points`,
    ],
    ["ε_ref", epsilonReferenceText(result)],
    ["Seeds", result.seeds.map(({ seed }) => seed).join(", ")],
    [
      "Software",
      `Gambeson ${environment.version} (code ${environment.code}), ${environment.runtime}, ${environment.platform}, TensorFlow.js ${backend.tensorflow}`,
    ],
    [
      "Backend",
      `${backend.name} ${backend.variant}, ${backend.threads} ${backend.threads === 1 ? "thread" : "threads"}, kernels: ${backend.kernels}${backend.fallback === null ? "" : ` (${backend.fallback})`}`,
    ],
    ["Time", timeText(result)],
    ["SHA-256 of the data", checksums(result)],
    ["SHA-256 of the weights", weights(result)],
  ];
  return entries.map(([term, text]) => ({ term, text }));
}

function schedule({
  epochs,
  batchSize,
  learningRate,
}: Pick<Regime, "epochs" | "batchSize" | "learningRate">): string {
  return `${epochs} ${epochs === 1 ? "epoch" : "epochs"}, batches of ${batchSize}, learning rate ${learningRate}`;
}

function regimeText(regime: Regime): string {
  switch (regime.kind) {
    case "vanilla":
      return `goes on with benign images and cross-entropy; ${schedule(regime)}`;
    case "fine-tuned":
      return `DeepFool images and cross-entropy; ${schedule(regime)}`;
    case "deep-defense": {
      const { images, perturbation, lambda, c, d, exponentCap, deepFool } = regime;
      return `${images === "deepfool" ? "DeepFool" : "benign"} images, cross-entropy and regulariser (λ ${lambda}, c ${c}, d ${d}, exponent at most ${exponentCap}), perturbation ${perturbation}; ${schedule(regime)}; DeepFool inside: ${deepFoolText(deepFool)}`;
    }
  }
}

function deepFoolText({ maxSteps, overshoot, convention, clip, geometry }: DeepFoolSettings): string {
  return `at most ${maxSteps} steps, overshoot ${percent(overshoot, 1)} % (${convention}: ${CONVENTIONS[convention]}), ${clip ? "clipped to [0, 1]" : "not clipped"}, geometry ${geometry}`;
}

function epsilonReferenceText({ config, seeds }: Result): string {
  const { model, misclassified, tolerance } = config.evaluation.epsilonReference;
  const label = config.regimes.find(({ id }) => id === model)?.label ?? model;
  const found = seeds.map(({ epsilonReference }) =>
    epsilonReference === null ? "none" : String(epsilonReference),
  );
  return `smallest ε at which FGS makes ${label} misclassify ${percent(misclassified, 0)} % of the test images, to ${tolerance}: ${found.join(", ")}`;
}

function timeText({ timings }: Result): string {
  const seconds = Math.round((Date.parse(timings.finishedAt) - Date.parse(timings.startedAt)) / 1000);
  const took = Number.isFinite(seconds) ? `, ${Math.floor(seconds / 60)} min ${seconds % 60} s` : "";
  const reused = timings.tasks.filter((task) => task.reused).length;
  const note =
    reused === 0 ? "" : `; ${reused} of ${timings.tasks.length} tasks had been done by an earlier run`;
  return `${timings.startedAt} to ${timings.finishedAt}${took}${note}`;
}

function checksums({ dataset }: Result): readonly Checksum[] {
  return [
    { of: "training images", sha256: dataset.train.imagesSha256 },
    { of: "training labels", sha256: dataset.train.labelsSha256 },
    { of: "test images", sha256: dataset.test.imagesSha256 },
    { of: "test labels", sha256: dataset.test.labelsSha256 },
  ];
}

function weights({ seeds }: Result): readonly Checksum[] {
  return seeds.flatMap(({ seed, models }) =>
    models.map(({ label, weightsSha256 }) => ({
      sha256: weightsSha256,
      of: `${label}${seeds.length > 1 ? `, seed ${seed}` : ""}`,
    })),
  );
}

import { parseExperimentConfig, type ExperimentConfig, type RunRequest } from "@gambeson/contract";
import type { SplitSizes } from "@gambeson/experiment/plan";
import { PRESETS } from "@gambeson/experiment/presets";
import { Refusal } from "../state/refusal.ts";
import type { PlannedTask, StoredDataset } from "../state/state.ts";
import { plannedTasks, splitSizes } from "../work/planned-tasks.ts";
import { BUILT_IN_DATASETS } from "./routes/datasets.ts";
import type { ServeContext } from "./serve-context.ts";

/** Of images whose data set is not here to be asked. */
const [USUAL_INPUTS, USUAL_CLASSES] = [28 * 28, 10];

/** What a client asks for, checked and planned. */
export interface RequestedExperiment {
  readonly config: ExperimentConfig;
  /** What is reckoned with until a worker has seen the data set. */
  readonly images: SplitSizes;
  /** Weights and biases of one model. */
  readonly weights: number;
  readonly tasks: readonly PlannedTask[];
}

/**
 * @throws {Refusal} REQUEST_INVALID without such a preset, DATASET_UNKNOWN, CONFIG_INVALID if a model would be too large.
 * @throws {ConfigError} If the config does not fit its schema.
 */
export function requestedExperiment(
  request: Pick<RunRequest, "preset" | "config">,
  { state, limits }: Pick<ServeContext, "state" | "limits">,
): RequestedExperiment {
  const config = parseExperimentConfig({ ...presetOf(request.preset), ...request.config });
  const dataset = requireDataset(config.dataset.name, state.library.uploadedDatasets());
  const weights = weightCount(config, dataset);
  requireAtMost(limits.modelWeights, weights);
  const images = splitSizes(config, dataset);
  return { config, images, weights, tasks: plannedTasks(config, images) };
}

function presetOf(name: string | undefined): object {
  if (name === undefined) return {};
  const preset = Object.entries(PRESETS).find(([known]) => known === name)?.[1];
  if (preset !== undefined) return preset.config;
  const message = `must be one of ${Object.keys(PRESETS).join(", ")}: current value is "${name}"`;
  throw new Refusal("REQUEST_INVALID", `Cannot run the preset as its name ${message}`, {
    issues: [{ path: "preset", message }],
  });
}

/** Only names: a config from outside never makes the server or a worker open a path. @returns What was uploaded under the name. */
function requireDataset(name: string, uploaded: readonly StoredDataset[]): StoredDataset | undefined {
  const found = uploaded.find((entry) => entry.name === name);
  if (found !== undefined || BUILT_IN_DATASETS.some((entry) => entry.name === name)) return found;
  const names = [...BUILT_IN_DATASETS, ...uploaded].map((entry) => entry.name).join(", ");
  const message = `must be one of ${names}: current value is ${JSON.stringify(name.slice(0, 100))}`;
  throw new Refusal("DATASET_UNKNOWN", `Cannot run as the data set ${message}`);
}

function weightCount({ model }: ExperimentConfig, dataset: StoredDataset | undefined): number {
  const inputs = dataset === undefined ? USUAL_INPUTS : dataset.height * dataset.width;
  const sizes = [inputs, ...model.hidden, dataset?.classCount ?? USUAL_CLASSES];
  return sizes.slice(1).reduce((sum, size, layer) => sum + (sizes[layer]! + 1) * size, 0);
}

function requireAtMost(most: number, weights: number): void {
  if (weights <= most) return;
  const count = (number: number) => number.toLocaleString("en-US");
  const message = `must leave at most ${count(most)} weights: current value is ${count(weights)}`;
  throw new Refusal("CONFIG_INVALID", `Cannot read the config as model.hidden ${message}`, {
    issues: [{ path: "model.hidden", message }],
  });
}

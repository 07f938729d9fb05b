import type { EpochMetrics } from "@gambeson/contract";
import {
  mlp,
  readSafetensors,
  writeSafetensors,
  type Classifier,
  type NamedSafeTensor,
} from "@gambeson/models";
import { tf, type Tensor } from "@gambeson/runtime";
import type { AdamState, TrainingState } from "@gambeson/training";
import { fromJsonBytes, toJsonBytes } from "./json-bytes.ts";

/** Adam's moments as a safetensors file. */
export function writeAdam({ steps, means, squares }: AdamState): Uint8Array<ArrayBuffer> {
  return writeSafetensors([...listed("mean", means), ...listed("square", squares)], { steps: String(steps) });
}

/** @returns Owned by the caller. @throws {SyntaxError} If the file is damaged. */
export function readAdam(bytes: Uint8Array): AdamState {
  const { tensors, metadata } = readSafetensors(bytes);
  return {
    steps: Number(metadata.steps),
    means: tensorsOf(tensors, "mean"),
    squares: tensorsOf(tensors, "square"),
  };
}

/** A training between two epochs, with what its epochs so far reported. */
export function writeCheckpoint(
  { epoch, model, adam }: TrainingState,
  epochs: readonly EpochMetrics[],
): Uint8Array<ArrayBuffer> {
  return writeSafetensors(
    [
      ...listed("parameter", model.parameters),
      ...listed("mean", adam.means),
      ...listed("square", adam.squares),
    ],
    {
      epoch: String(epoch),
      steps: String(adam.steps),
      epochs: new TextDecoder().decode(toJsonBytes(epochs)),
    },
  );
}

/** @returns The state, owned by the caller, and the reports of its epochs. @throws {SyntaxError} If the file is damaged. */
export function readCheckpoint(bytes: Uint8Array): { state: TrainingState; epochs: EpochMetrics[] } {
  const { tensors, metadata } = readSafetensors(bytes);
  const model: Classifier = mlp(tensorsOf(tensors, "parameter"));
  return {
    state: { epoch: Number(metadata.epoch), model, adam: readAdam(bytes) },
    epochs: fromJsonBytes(new TextEncoder().encode(metadata.epochs)) as EpochMetrics[],
  };
}

function listed(role: string, tensors: readonly Tensor[]): NamedSafeTensor[] {
  return tensors.map((tensor, index) => ({
    name: `${role}.${index}`,
    dtype: "F32",
    shape: tensor.shape,
    data: Float32Array.from(tensor.dataSync<"float32">()),
  }));
}

function tensorsOf(tensors: ReturnType<typeof readSafetensors>["tensors"], role: string): Tensor[] {
  const found: Tensor[] = [];
  for (let index = 0; ; index++) {
    const tensor = tensors.get(`${role}.${index}`);
    if (tensor === undefined) return found;
    found.push(tf.tensor(tensor.data, [...tensor.shape]));
  }
}

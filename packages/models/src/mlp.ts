import {
  checkShape,
  ShapeError,
  stopGradient,
  tf,
  truncatedNormal,
  type Random,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from "@gambeson/runtime";
import type { Classifier, Differentiable, Linearisation } from "./classifier.ts";

/** One dense layer: `outputs = inputs weight + bias`. */
interface Layer {
  /** float32 `[inputs, outputs]`. */
  readonly weight: Tensor2D;
  /** float32 `[outputs]`. */
  readonly bias: Tensor1D;
}

/**
 * Multi-layer perceptron: dense layers with ReLU between them, logits out.
 *
 * @param parameters weight and bias of each layer in turn: float32 `[inputs, outputs]`, `[outputs]`. Borrowed: the
 *   caller disposes them.
 * @throws {ShapeError} If the layers do not fit each other.
 */
export function mlp(parameters: readonly Tensor[]): Classifier {
  const layers = pairUp(parameters);
  const [first, ...others] = layers;
  const apply = (images: Tensor2D) => dense(first, images);
  const rest = others.length === 0 ? identity(first.bias.shape[0]) : reluThenLayers(others);
  return {
    inputSize: first.weight.shape[0],
    dimension: first.weight.shape[0],
    classCount: (layers.at(-1) ?? first).bias.shape[0],
    parameters,
    parameterNames: layers.flatMap((_, index) => [`dense${index}.weight`, `dense${index}.bias`]),
    withParameters: mlp,
    firstLayer: { weight: first.weight, apply, rest },
    logits: (images) => tf.tidy(() => rest.logits(apply(images))),
    linearise: (images) => {
      const { logits, pullBack } = rest.linearise(apply(images));
      return { logits, pullBack: (weights) => timesTransposed(pullBack(weights), first.weight) };
    },
  };
}

/**
 * The parameters of a fresh MLP: weights and biases alike truncated normal with mean 0.
 *
 * @param sizes Input size, hidden sizes, class count: `[784, 100, 10]`.
 * @returns Owned by the caller.
 */
export function initialMlpParameters(sizes: readonly number[], random: Random, deviation: number): Tensor[] {
  return sizes.slice(1).flatMap((outputs, index) => {
    const inputs = sizes[index]!;
    return [
      tf.tensor2d(truncatedNormal(random, inputs * outputs, deviation), [inputs, outputs]),
      tf.tensor1d(truncatedNormal(random, outputs, deviation)),
    ];
  });
}

/** ReLU, then a dense layer, and so on: what follows the first layer's outputs. */
function reluThenLayers(layers: readonly Layer[]): Differentiable {
  const linearise = (points: Tensor2D): Linearisation => {
    let outputs = points;
    const masks = layers.map((layer) => {
      // ReLU's slope, 1 where a unit is on. It is constant almost everywhere, so no gradient passes through it.
      const mask = stopGradient(tf.step(outputs));
      outputs = dense(layer, tf.relu(outputs));
      return mask;
    });
    return {
      logits: outputs,
      pullBack: (weights) =>
        layers.reduceRight(
          // [batch, rows, outputs] -> [batch, rows, inputs]
          (rows, { weight }, index) => timesTransposed(rows, weight).mul(tf.expandDims(masks[index]!, 1)),
          weights,
        ),
    };
  };
  return {
    dimension: layers[0]!.weight.shape[0],
    logits: (points) =>
      tf.tidy(() => layers.reduce((outputs, layer) => dense(layer, tf.relu(outputs)), points)),
    linearise,
  };
}

/** What follows the only layer of a linear classifier: nothing. */
function identity(dimension: number): Differentiable {
  return {
    dimension,
    logits: (points) => points.clone(),
    linearise: (points) => ({ logits: points.clone(), pullBack: (weights) => weights.clone() }),
  };
}

function dense({ weight, bias }: Layer, inputs: Tensor2D): Tensor2D {
  return tf.tidy(() => tf.add(tf.matMul(inputs, weight), bias));
}

/** float32 `[batch, rows, n]` times the transpose of `[m, n]`, as one flat product. */
function timesTransposed(rows: tf.Tensor3D, weight: Tensor2D): tf.Tensor3D {
  const [batch, count, size] = rows.shape;
  return tf.reshape(tf.matMul(tf.reshape(rows, [batch * count, size]), weight, false, true), [
    batch,
    count,
    weight.shape[0],
  ]);
}

function pairUp(parameters: readonly Tensor[]): [Layer, ...Layer[]] {
  if (parameters.length === 0 || parameters.length % 2 !== 0) {
    throw new ShapeError(
      `Cannot build an MLP as its parameters must be a weight and a bias for each layer: current value is ${parameters.length} tensors`,
    );
  }
  const layers: Layer[] = [];
  for (let i = 0; i < parameters.length; i += 2) {
    const weight = parameters[i] as Tensor2D;
    const bias = parameters[i + 1] as Tensor1D;
    checkShape(`dense${i / 2}.weight`, weight.shape, [layers.at(-1)?.bias.shape[0] ?? -1, -1]);
    checkShape(`dense${i / 2}.bias`, bias.shape, [weight.shape[1]]);
    layers.push({ weight, bias });
  }
  return layers as [Layer, ...Layer[]];
}

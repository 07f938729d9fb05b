import { mlpLayers, mlpSizes, type MlpLayer } from "@gambeson/models/mlp-layers";
import type { TensorPlace } from "@gambeson/models/safetensors";
import type { ArtefactFiles } from "./artefact-files.ts";
import { streamOf } from "./stream-of.ts";
import { openTensorArtefact } from "./tensor-file.ts";

/** An MLP as TensorFlow.js' layers models have it: `model.json`, and which bytes of the weights' own file make `weights.bin`. */
export interface LayersModel {
  readonly json: object;
  /** Bytes [begin, end), in order. */
  readonly parts: readonly TensorPlace[];
}

/**
 * Reads an MLP's weights as a Sequential of Dense layers: ReLU on hidden ones, logits out.
 *
 * @throws {SyntaxError} If the artefact holds anything else.
 *
 * Source: TensorFlow.js 4.22, `io/types.ts` (ModelJSON, WeightsManifestConfig).
 */
export async function readLayersModel(artefacts: ArtefactFiles, sha256: string): Promise<LayersModel> {
  const { places } = await openTensorArtefact(artefacts, sha256);
  const layers = mlpLayers(places);
  const sizes = mlpSizes(layers);
  const weights = layers.flatMap(({ weight, bias }, index) => [
    weightSpec(`dense${index}/kernel`, weight),
    ...(bias === null ? [] : [weightSpec(`dense${index}/bias`, bias)]),
  ]);
  return {
    json: {
      format: "layers-model",
      generatedBy: "gambeson",
      convertedBy: null,
      modelTopology: {
        class_name: "Sequential",
        config: { name: "mlp", layers: layers.map((layer, index) => denseLayer(layer, index, sizes)) },
        keras_version: "tfjs-layers 4.22.0",
        backend: "tensor_flow.js",
      },
      weightsManifest: [{ paths: ["weights.bin"], weights }],
    },
    parts: layers.flatMap(({ weight, bias }) => (bias === null ? [weight] : [weight, bias])),
  };
}

function weightSpec(name: string, { shape }: TensorPlace) {
  return { name, shape, dtype: "float32" };
}

function denseLayer({ bias }: MlpLayer<TensorPlace>, index: number, sizes: readonly number[]) {
  const isLast = index === sizes.length - 2;
  return {
    class_name: "Dense",
    config: {
      name: `dense${index}`,
      trainable: true,
      dtype: "float32",
      ...(index === 0 ? { batch_input_shape: [null, sizes[0]] } : {}),
      units: sizes[index + 1],
      activation: isLast ? "linear" : "relu",
      use_bias: bias !== null,
    },
  };
}

/** The weights in the order that `model.json` says, from the file that has them in another. */
export async function weightsBin(
  artefacts: ArtefactFiles,
  sha256: string,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { parts } = await readLayersModel(artefacts, sha256);
  return streamOf(joined(artefacts, sha256, parts));
}

async function* joined(
  artefacts: ArtefactFiles,
  sha256: string,
  parts: readonly TensorPlace[],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (const { begin, end } of parts) yield* await artefacts.stream(sha256, begin, end);
}

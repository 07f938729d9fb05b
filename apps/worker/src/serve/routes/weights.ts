import {
  modelIdSchema,
  sha256Schema,
  uploadedWeightsListSchema,
  type ErrorCode,
  type UploadedWeights,
} from "@gambeson/contract";
import { trainingTaskId } from "@gambeson/experiment/plan";
import { Hono, type Context } from "hono";
import * as v from "valibot";
import { Refusal } from "../../state/refusal.ts";
import { entityTag } from "../entity-tag.ts";
import { findRun, runParam } from "../find-run.ts";
import { readLayersModel, weightsBin } from "../layers-model.ts";
import { checked, documented, file, json } from "../route-docs.ts";
import { chooseModel } from "../model-of-run.ts";
import { sendArtefact, sendMade } from "../send-file.ts";
import type { ServeContext } from "../serve-context.ts";
import type { ServeEnv } from "../serve-env.ts";

const END = ".safetensors";
const MEDIA_TYPE = "application/octet-stream";
const REFUSALS: readonly ErrorCode[] = ["NOT_FOUND", "ARTEFACT_MISSING"];

const weightsParam = v.object({ sha256: sha256Schema });
const fileOf = <S extends v.GenericSchema<string, string>>(schema: S) =>
  v.pipe(
    v.string(),
    v.endsWith(END),
    v.transform((name) => name.slice(0, -END.length)),
    schema,
  );
const fileParam = v.object({ file: fileOf(sha256Schema) });
const runWeightsParam = v.object({
  ...runParam.entries,
  seed: v.pipe(v.string(), v.regex(/^\d{1,10}$/, "must be a seed"), v.transform(Number)),
  file: fileOf(modelIdSchema),
});

/** GET /weights, /weights/:sha256.safetensors, /weights/:sha256/model.json and weights.bin, /runs/:id/weights/:seed/:model.safetensors. */
export function weightRoutes(context: ServeContext): Hono<ServeEnv> {
  const { state, artefacts } = context;
  return new Hono<ServeEnv>()
    .get(
      "/weights",
      documented({
        summary: "Weights that were uploaded",
        tag: "weights",
        answers: { 200: json("UploadedWeightsList", uploadedWeightsListSchema) },
      }),
      (c) => c.json({ weights: state.library.weights() as UploadedWeights[] }),
    )
    .get(
      "/weights/:file{[0-9a-f]+\\.safetensors}",
      documented({
        summary: "Weights that a run gave or somebody uploaded, by their SHA-256: SHA256.safetensors",
        tag: "weights",
        description: "Takes Range and If-Range.",
        answers: PARTIAL,
        refusals: [...REFUSALS, "RANGE_NOT_SATISFIABLE"],
      }),
      checked("param", fileParam),
      (c) => {
        const sha256 = requireWeights(context, c.req.valid("param").file);
        return sendWeights(c, context, sha256, { immutable: true });
      },
    )
    .get(
      "/weights/:sha256/model.json",
      documented({
        summary: "The same as a TensorFlow.js layers model, for tf.loadLayersModel",
        tag: "weights",
        answers: { 200: file("The model, with the address of its weights beside it", "application/json") },
        refusals: REFUSALS,
      }),
      checked("param", weightsParam),
      (c) => {
        const sha256 = requireWeights(context, c.req.valid("param").sha256);
        const facts = {
          mediaType: "application/json",
          tag: entityTag(sha256, "model.json", context.version),
        };
        return sendMade(c, facts, async () =>
          JSON.stringify((await readLayersModel(artefacts, sha256)).json),
        );
      },
    )
    .get(
      "/weights/:sha256/weights.bin",
      documented({
        summary: "The layers model's weights: float32, little-endian, in the order that model.json says",
        tag: "weights",
        answers: { 200: file("The weights", MEDIA_TYPE) },
        refusals: REFUSALS,
      }),
      checked("param", weightsParam),
      (c) => {
        const sha256 = requireWeights(context, c.req.valid("param").sha256);
        const facts = { mediaType: MEDIA_TYPE, tag: entityTag(sha256, "weights.bin"), immutable: true };
        return sendMade(c, facts, () => weightsBin(artefacts, sha256));
      },
    )
    .get(
      "/runs/:id/weights/:seed/:file{[a-z0-9-]+\\.safetensors}",
      documented({
        summary: "Weights of one model of a run, as soon as it is trained: MODEL.safetensors",
        tag: "weights",
        description: "Takes Range and If-Range.",
        answers: PARTIAL,
        refusals: [...REFUSALS, "RUN_NOT_FOUND", "RESULT_NOT_READY", "RANGE_NOT_SATISFIABLE"],
      }),
      checked("param", runWeightsParam),
      (c) => {
        const { id, seed, file: model } = c.req.valid("param");
        const { run } = chooseModel(findRun(context, id), { seed, model });
        const task = trainingTaskId(seed, model);
        const sha256 = state.runs.output(run.id, task, "weights");
        if (sha256 !== null) return sendWeights(c, context, sha256, { immutable: false });
        throw new Refusal(
          "RESULT_NOT_READY",
          `Cannot give the weights as the task ${task} must have finished: current value is a run that is ${run.state}`,
        );
      },
    );
}

const PARTIAL = { 200: file("The file", MEDIA_TYPE), 206: file("A part of it", MEDIA_TYPE) };

/** Only weights: other artefacts are not to be had by their hash. */
function requireWeights({ state }: ServeContext, sha256: string): string {
  if (state.runs.isWeights(sha256)) return sha256;
  throw new Refusal(
    "NOT_FOUND",
    `Cannot find the weights as their SHA-256 must be that of a run's or of uploaded ones: current value is ${sha256}`,
  );
}

function sendWeights(
  c: Context,
  { artefacts }: ServeContext,
  sha256: string,
  { immutable }: { readonly immutable: boolean },
): Promise<Response> {
  const facts = {
    mediaType: MEDIA_TYPE,
    tag: `"${sha256}"`,
    immutable,
    saveAs: `${sha256.slice(0, 16)}${END}`,
  };
  return sendArtefact(c, artefacts, sha256, facts);
}

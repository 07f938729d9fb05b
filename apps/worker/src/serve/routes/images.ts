import {
  imageListQuerySchema,
  imageListSchema,
  imageQuerySchema,
  type ErrorCode,
  type ImageQuery,
} from "@gambeson/contract";
import { Hono, type Context } from "hono";
import * as v from "valibot";
import { entityTag } from "../entity-tag.ts";
import { findRun, runParam } from "../find-run.ts";
import { imagePng } from "../image-png.ts";
import { readPixels, viewFiles, type Pixels } from "../image-pixels.ts";
import { listImages } from "../list-images.ts";
import { chooseModel, type ModelOfRun } from "../model-of-run.ts";
import { checked, documented, file, json } from "../route-docs.ts";
import { createRunImages, type RunImages } from "../run-images.ts";
import { sendMade } from "../send-file.ts";
import type { ServeContext } from "../serve-context.ts";
import type { ServeEnv } from "../serve-env.ts";
import { imageTableRoutes } from "./image-tables.ts";

const REFUSALS: readonly ErrorCode[] = [
  "REQUEST_INVALID",
  "RUN_NOT_FOUND",
  "NOT_FOUND",
  "RESULT_NOT_READY",
  "ARTEFACT_MISSING",
];
/** An image by its position in the test set, and the form wanted: "7.png". */
const imageParam = v.object({
  ...runParam.entries,
  image: v.pipe(v.string(), v.regex(/^\d{1,10}\.(png|f32)$/, "must be an image's position and .png or .f32")),
});

/** GET /runs/:id/images, /runs/:id/images/:index.png and .f32, and what image-tables.ts has. */
export function imageRoutes(context: ServeContext): Hono<ServeEnv> {
  const images = createRunImages(context);
  return new Hono<ServeEnv>()
    .get(
      "/runs/:id/images",
      documented({
        summary: "How one model took each test image, a page at a time",
        tag: "images",
        answers: { 200: json("ImageList", imageListSchema) },
        refusals: REFUSALS,
      }),
      checked("param", runParam),
      checked("query", imageListQuerySchema),
      async (c) => {
        const query = c.req.valid("query");
        const model = chooseModel(findRun(context, c.req.valid("param").id), query);
        return c.json(listImages(await images.rows(model), query));
      },
    )
    .get(
      "/runs/:id/images/:image{[0-9]+\\.(?:png|f32)}",
      documented({
        summary: "One test image as one model's attack left it: INDEX.png or INDEX.f32",
        tag: "images",
        description:
          "PNG: 8-bit grey, clamped to [0, 1] and rounded, each pixel a square of `scale`. f32: exact float32, little-endian, row-major, `height,width` in X-Gambeson-Shape; values beyond [0, 1] are where the attack led.",
        answers: { 200: file("The image", "image/png", "application/octet-stream") },
        refusals: REFUSALS,
      }),
      checked("param", imageParam),
      checked("query", imageQuerySchema),
      (c) => {
        const { id, image } = c.req.valid("param");
        const query = c.req.valid("query");
        return sendImage(c, images, { of: chooseModel(findRun(context, id), query), image, query });
      },
    )
    .route("/", imageTableRoutes(context, images));
}

interface WantedImage {
  readonly of: ModelOfRun;
  /** "7.png". */
  readonly image: string;
  readonly query: ImageQuery;
}

async function sendImage(
  c: Context,
  images: RunImages,
  { of, image, query }: WantedImage,
): Promise<Response> {
  const [index = "", form] = image.split(".");
  const { samples, fgs } = of.run.config.evaluation;
  const { view, epsilon = samples.epsilon } = query;
  const version = [...viewFiles(images, of, view), index, view, `${epsilon}`, `${fgs.clip}`];
  // As long as a run goes on, a task of it may be done again, on another machine.
  const immutable = of.run.state === "finished";
  // Read also for a client that has it: an image that is gone is to be told.
  const pixels = await readPixels(images, of, Number(index), { view, epsilon });
  return form === "png"
    ? sendMade(c, { mediaType: "image/png", tag: entityTag(...version, `${query.scale}`), immutable }, () =>
        imagePng(pixels, query.scale),
      )
    : sendMade(c, { ...exactFacts(pixels), tag: entityTag(...version, "f32"), immutable }, () =>
        littleEndian(pixels.values),
      );
}

function exactFacts({ height, width }: Pixels) {
  const headers = { "x-gambeson-shape": `${height},${width}` };
  return { mediaType: "application/octet-stream", headers };
}

function littleEndian(values: Float32Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}

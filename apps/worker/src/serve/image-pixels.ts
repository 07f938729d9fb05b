import type { ImageQuery } from "@gambeson/contract";
import { fgsImage } from "@gambeson/experiment/files";
import { Refusal } from "../state/refusal.ts";
import type { ModelOfRun } from "./model-of-run.ts";
import type { RunImages } from "./run-images.ts";

/** One image, exact. */
export interface Pixels {
  /** float32 `[height, width]`, row-major; 0 black to 1 white, beyond where the attack led. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
}

/** What one view of an image is made from: its file, and for FGS how far it went. */
export type ImageView = Pick<ImageQuery, "view"> & { readonly epsilon: number };

/** SHA-256 of the files that a view is made from. @throws {Refusal} RESULT_NOT_READY. */
export function viewFiles(images: RunImages, of: ModelOfRun, view: ImageView["view"]): string[] {
  const test = images.file(of, "test");
  switch (view) {
    case "original":
      return [test];
    case "deepfool":
      return [test, images.file(of, "deepFool")];
    case "fgs":
      return [test, images.file(of, "fgs")];
    default:
      return view satisfies never;
  }
}

/**
 * Reads one image of the test set as one model's attack left it, and of the large files only its bytes.
 *
 * @param index Position in the test set.
 * @throws {Refusal} NOT_FOUND, RESULT_NOT_READY, ARTEFACT_MISSING.
 */
export async function readPixels(
  images: RunImages,
  of: ModelOfRun,
  index: number,
  { view, epsilon }: ImageView,
): Promise<Pixels> {
  const [testSha256 = "", attackedSha256 = ""] = viewFiles(images, of, view);
  const test = await images.open(testSha256);
  const [count = 0, height = 0, width = 0] = test.shape("images");
  if (index >= count) {
    throw new Refusal(
      "NOT_FOUND",
      `Cannot find the image as its position must be 0 to ${count - 1}: current value is ${index}`,
    );
  }
  const size = height * width;
  const at = [index * size, (index + 1) * size] as const;
  if (view === "deepfool") {
    const attacked = await images.open(attackedSha256);
    return { values: await attacked.float32("images", ...at), height, width };
  }
  const values = Float32Array.from(await test.uint8("images", ...at), (value) => value / 255);
  if (view === "original") return { values, height, width };
  const attacked = await images.open(attackedSha256);
  const { clip } = of.run.config.evaluation.fgs;
  return { values: fgsImage(values, await attacked.uint8("signs", ...at), { epsilon, clip }), height, width };
}

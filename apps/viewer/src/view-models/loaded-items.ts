import type { ImageGridItem, ImageView } from "@gambeson/elements";
import { fourDecimalsText } from "@gambeson/elements/numbers";
import type { LoadedImage } from "../api/load-images.ts";
import { relativeLength } from "./relative-length.ts";

export interface FgsStep {
  /** How far FGS moves every pixel. */
  readonly epsilon: number;
  /** Where the model's answers to FGS' images are known. */
  readonly askedAt: number;
  /** Whether pixels are kept in [0, 1]. */
  readonly clip: boolean;
}

/** Test images as `<gambeson-image-grid>` shows them: each beside DeepFool's and FGS's. */
export function loadedItems(images: readonly LoadedImage[], step: FgsStep): readonly ImageGridItem[] {
  return images.map((image) => {
    const { row, width, height, original, deepFool } = image;
    const wasWrongBefore = row.predicted !== row.label;
    const { predicted, probability } = row;
    const { deepFool: fooled } = row;
    return {
      ...{ index: row.index, label: row.label, width, height },
      views: [
        { name: "original", pixels: original, predicted, probability, wasWrongBefore: false },
        {
          ...{ name: "DeepFool", pixels: deepFool, wasWrongBefore, rho: fooled.rho },
          ...{ predicted: fooled.predicted, probability: fooled.probability },
        },
        fgsView(image, step, wasWrongBefore),
      ],
    };
  });
}

function fgsView(
  { row, original, wholeFgs }: LoadedImage,
  step: FgsStep,
  wasWrongBefore: boolean,
): ImageView {
  const pixels = fgsPixels(original, wholeFgs, step);
  const isAsked = step.epsilon === step.askedAt;
  return {
    ...{
      name: `FGS, ε ${fourDecimalsText(step.epsilon)}`,
      pixels,
      wasWrongBefore,
      rho: relativeLength(original, pixels),
    },
    predicted: isAsked ? row.fgs.predicted : null,
    probability: isAsked ? row.fgs.probability : null,
  };
}

/**
 * FGS's image for any step: every pixel moved by `epsilon` in the direction in which a step of 1 has moved it.
 *
 * @param whole The image after a step of 1, clipped where `clip` is set.
 */
export function fgsPixels(
  original: Float32Array,
  whole: Float32Array,
  { epsilon, clip }: Pick<FgsStep, "epsilon" | "clip">,
): Float32Array {
  return original.map((value, i) => {
    const moved = value + epsilon * Math.sign(whole[i]! - value);
    return clip ? Math.min(1, Math.max(0, moved)) : moved;
  });
}

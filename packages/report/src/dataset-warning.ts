import type { Result } from "@gambeson/contract";
import type { Caption } from "./captions.ts";

/** For images that were asked for; a fallback's own warning says it all. */
const DRAWN_ON_PURPOSE = "The images were drawn by code: these numbers say nothing about a real data set.";

/** What must be known of the images before any number is read; null where they are the ones wanted. */
export function datasetWarning({ dataset }: Pick<Result, "dataset">): Caption | null {
  if (!dataset.synthetic && dataset.warning === null) return null;
  return {
    title: dataset.synthetic ? "Synthetic images" : "Warning",
    text: dataset.warning ?? DRAWN_ON_PURPOSE,
  };
}

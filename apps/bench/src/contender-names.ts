/** Who is measured. */
export const CONTENDER_NAMES = [
  "ours-deno",
  "ours-deno-1",
  "ours-node",
  "ours-chromium",
  "ours-tfjs",
  "stock-tfjs",
  "pytorch",
  "pytorch-first-layer",
  "foolbox",
  "torchattacks",
  "art",
] as const;
export type ContenderName = (typeof CONTENDER_NAMES)[number];

/** All others are compared with it: their answers and their times. */
export const REFERENCE: ContenderName = "ours-deno";

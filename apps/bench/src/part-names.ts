/** What is measured. */
export const PART_NAMES = [
  "training-step",
  "training-epoch",
  "deepfool",
  "deep-defense",
  "fgs-curves",
  "report",
] as const;
export type PartName = (typeof PART_NAMES)[number];
/** Those that are a job for a contender; the report is a command line. */
export type JobPartName = Exclude<PartName, "report">;

/** What is measured. */
export const PART_NAMES = [
  "training-step",
  "training-epoch",
  "deepfool",
  "deep-defense",
  "fgs-curves",
  "report",
  "kernels",
] as const;
export type PartName = (typeof PART_NAMES)[number];
/** Those that are a job for a contender: the report is a command line, and kernels are measured in the bench itself. */
export type JobPartName = Exclude<PartName, "report" | "kernels">;

export function isJobPart(part: PartName): part is JobPartName {
  return part !== "report" && part !== "kernels";
}

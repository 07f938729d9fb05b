import * as v from "valibot";

/** Ids are matched by pattern before anything is done with them: none can be a path. */
export const runIdSchema = v.pipe(v.string(), v.regex(/^r[0-9a-z]{19}$/, "must be a run's id"));
export const sha256Schema = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hexadecimal"),
);
/** "pretrained", or the id of a regime. */
export const modelIdSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{0,39}$/, "must be a model's id: lower-case letters, digits and dashes"),
);
/** "upload-" and the first 16 digits of the SHA-256 over its files' hashes: what a config names it by. */
export const uploadedDatasetSchema = v.pipe(
  v.string(),
  v.regex(/^upload-[0-9a-f]{16}$/, "must be the name of an uploaded data set"),
);

import * as v from "valibot";
import { experimentConfigSchema } from "../experiment-config.ts";
import { datasetSchema, environmentSchema, epochSchema } from "../result.ts";
import { runIdSchema, sha256Schema } from "./ids.ts";

/** From "queued" a run goes on to "running" and to one of the others, where it stays unless it is retried. */
export const RUN_STATES = ["queued", "running", "finished", "failed", "cancelled"] as const;
export type RunState = (typeof RUN_STATES)[number];

/** "skipped": what it needs has failed. */
export const TASK_STATES = ["waiting", "running", "finished", "failed", "skipped", "cancelled"] as const;
export type TaskState = (typeof TASK_STATES)[number];

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** ISO 8601, UTC. */
const instant = v.pipe(v.string(), v.isoTimestamp());
const printable = v.regex(/^\P{Cc}*$/u, "must hold no control characters");
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200), printable);
const tag = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40), printable);
const tags = v.pipe(v.array(tag), v.maxLength(20));
/** Lines of text. */
const notes = v.pipe(
  v.string(),
  v.maxLength(10_000),
  v.regex(/^[\P{Cc}\t\r\n]*$/u, "must hold no control characters but tabs and line ends"),
);

/** One model of a finished run, the mean over its seeds. */
const headlineSchema = v.object({
  model: v.string(),
  label: v.string(),
  /** Share of benign test images classified correctly. */
  accuracy: share,
  rho2: v.number(),
});
export type Headline = v.InferOutput<typeof headlineSchema>;

/** What lists show of a run. */
export const runSummarySchema = v.object({
  id: runIdSchema,
  /** What people call it; at first the config's title. Text, whatever it looks like. */
  name: v.string(),
  state: v.picklist(RUN_STATES),
  tags: v.array(v.string()),
  notes: v.string(),
  createdAt: instant,
  startedAt: v.nullable(instant),
  finishedAt: v.nullable(instant),
  /** Share of the work that is done, by the plan's estimate. */
  share,
  /** What went wrong in a failed run. */
  error: v.nullable(v.string()),
  /** The data set that the config names, resolved once the run has begun. */
  dataset: v.string(),
  /** True when drawn images stood in for the data set wanted: the numbers say nothing about it. Null until that is known. */
  standIn: v.nullable(v.boolean()),
  seeds: count,
  /** SHA-256 of the result without its timings: the same config, code, backend and data give the same. Null until finished. */
  resultSha256: v.nullable(sha256Schema),
  headline: v.nullable(v.array(headlineSchema)),
  /** Mean eps_ref over the seeds that have one; null where none has, and until finished. */
  epsilonReference: v.nullable(v.number()),
});
export type RunSummary = v.InferOutput<typeof runSummarySchema>;

export const taskSchema = v.object({
  /** Unique in the run: "seed-1/deep-defense/train". */
  id: v.string(),
  kind: v.string(),
  /** For people: "Training Deep Defense". */
  title: v.string(),
  state: v.picklist(TASK_STATES),
  /** Ids of the tasks that it takes its inputs from. */
  needs: v.array(v.string()),
  /** Rough share of the run's work, in milliseconds on two cores. */
  cost: v.number(),
  /** How often a worker has begun it. */
  attempts: count,
  share,
  /** For people: "epoch 3/5, loss 0.412". */
  note: v.string(),
  startedAt: v.nullable(instant),
  finishedAt: v.nullable(instant),
  /** How long it took; for a reused task, how long it took then. */
  seconds: v.nullable(v.number()),
  /** True when an earlier run had done it. */
  reused: v.boolean(),
  error: v.nullable(v.string()),
  /** Of a training task, so far. */
  epochs: v.array(epochSchema),
});
export type RunTask = v.InferOutput<typeof taskSchema>;

/** One run, whole. */
export const runSchema = v.object({
  ...runSummarySchema.entries,
  /** As it was sent, with every default written out; resolved for the data set once the run has begun. */
  config: experimentConfigSchema,
  /** Hash of the sources that made, or will make, its numbers. */
  code: v.string(),
  environment: v.nullable(environmentSchema),
  datasetSummary: v.nullable(datasetSchema),
  tasks: v.array(taskSchema),
  /** The last event that this answer knows of: events after it are news. */
  eventId: count,
});
export type Run = v.InferOutput<typeof runSchema>;

/** What to run: a preset by its name, or a config. One of the two. */
export const runRequestSchema = v.pipe(
  v.strictObject({
    preset: v.optional(v.pipe(v.string(), v.maxLength(60))),
    /** A config as its user writes it. With `preset`: its keys replace the preset's, the topmost only. */
    config: v.optional(v.record(v.string(), v.unknown())),
    name: v.optional(name),
    tags: v.optional(tags, []),
    notes: v.optional(notes, ""),
    /** Do everything again, even where the same config has been run by the same code. */
    fresh: v.optional(v.boolean(), false),
  }),
  v.check(
    ({ preset, config }) => preset !== undefined || config !== undefined,
    "must hold a preset, a config or both",
  ),
);
export type RunRequestInput = v.InferInput<typeof runRequestSchema>;
export type RunRequest = v.InferOutput<typeof runRequestSchema>;

/** How much work a run would be if nothing of it had been done before. */
export const estimateSchema = v.object({
  /** Rough: on two cores, with nothing else to do. */
  seconds: v.pipe(v.number(), v.minValue(0)),
  tasks: count,
  /** Until a worker has seen the data set: those of Fashion-MNIST, or of what the config takes of it. */
  images: v.object({ train: count, test: count }),
});
export type Estimate = v.InferOutput<typeof estimateSchema>;

export const runChangesSchema = v.strictObject({
  name: v.optional(name),
  tags: v.optional(tags),
  notes: v.optional(notes),
});
export type RunChanges = v.InferOutput<typeof runChangesSchema>;

export const RUN_SORTS = ["created", "finished", "name", "state"] as const;
/** A list's page. Numbers come as text, as they do in an address. */
export const runListQuerySchema = v.strictObject({
  /** Only runs in one of these states, separated by commas. */
  state: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text.split(",")),
      v.array(v.picklist(RUN_STATES)),
    ),
  ),
  tag: v.optional(v.pipe(v.string(), v.maxLength(40), printable)),
  /** Only runs with this text in their name, notes, tags or data set, whatever its case. */
  q: v.optional(v.pipe(v.string(), v.maxLength(200), printable)),
  sort: v.optional(v.picklist(RUN_SORTS), "created"),
  order: v.optional(v.picklist(["asc", "desc"]), "desc"),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/, "must be a whole number"),
      v.transform(Number),
      v.minValue(1),
      v.maxValue(200),
    ),
    "50",
  ),
  /** The page after that whose `nextCursor` this is; long where a list is sorted by long names. */
  cursor: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,2000}$/, "must be a page's nextCursor"))),
});
export type RunListQueryInput = v.InferInput<typeof runListQuerySchema>;
export type RunListQuery = v.InferOutput<typeof runListQuerySchema>;

export const runListSchema = v.object({
  runs: v.array(runSummarySchema),
  /** How many runs fit the filters, on all pages. */
  total: count,
  nextCursor: v.nullable(v.string()),
  eventId: count,
});
export type RunList = v.InferOutput<typeof runListSchema>;

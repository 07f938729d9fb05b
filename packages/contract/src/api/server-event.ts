import * as v from "valibot";
import { epochSchema } from "../result.ts";
import { runIdSchema } from "./ids.ts";
import { RUN_STATES } from "./run.ts";

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const about = {
  /** Grows from event to event; what Last-Event-ID takes. */
  id: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** ISO 8601, UTC. */
  at: v.string(),
  run: runIdSchema,
};
const task = v.string();

/** What a worker's event stream tells, one a message; its data is this as JSON, its id this one's, its name the kind. */
export const serverEventSchema = v.variant("kind", [
  v.object({ ...about, kind: v.literal("run-created"), name: v.string() }),
  /** Its state, name, tags, notes or data set changed: ask for the run. */
  v.object({ ...about, kind: v.literal("run-changed"), state: v.picklist(RUN_STATES) }),
  v.object({ ...about, kind: v.literal("run-deleted") }),
  v.object({
    ...about,
    kind: v.literal("task-started"),
    task,
    title: v.string(),
    attempt: v.number(),
    runShare: share,
  }),
  v.object({ ...about, kind: v.literal("task-progress"), task, share, note: v.string(), runShare: share }),
  v.object({ ...about, kind: v.literal("epoch-finished"), task, metrics: epochSchema }),
  v.object({
    ...about,
    kind: v.literal("task-finished"),
    task,
    title: v.string(),
    seconds: v.number(),
    reused: v.boolean(),
    runShare: share,
  }),
  /** `willRetry`: its worker is gone, and another takes it up. */
  v.object({
    ...about,
    kind: v.literal("task-failed"),
    task,
    title: v.string(),
    message: v.string(),
    willRetry: v.boolean(),
  }),
]);
export type ServerEvent = v.InferOutput<typeof serverEventSchema>;
type Told<E> = E extends ServerEvent ? Omit<E, "id" | "at"> : never;
/** An event before it has its number and time. */
export type NewServerEvent = Told<ServerEvent>;

import { createHash } from "node:crypto";
import type { RunRequest } from "@gambeson/contract";
import type { Submission } from "../state/state.ts";
import { requestedExperiment } from "./requested-experiment.ts";
import type { ServeContext } from "./serve-context.ts";

/** What the queue takes, of what a client asks for. Refuses what `requestedExperiment` refuses. */
export function submissionOf(
  request: RunRequest,
  idempotencyKey: string | null,
  context: ServeContext,
): Submission {
  const { config, tasks } = requestedExperiment(request, context);
  const { tags, notes, fresh } = request;
  const asked = { config, name: request.name ?? (config.title.trim() || config.name), tags, notes, fresh };
  const requestSha256 = createHash("sha256").update(JSON.stringify(asked)).digest("hex");
  return { ...asked, code: context.code, tasks, idempotencyKey, requestSha256 };
}

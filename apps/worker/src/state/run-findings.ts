import { toJsonBytes } from "@gambeson/experiment/files";
import { sha256 } from "../disk/sha256.ts";
import type { Sqlite } from "./sqlite.ts";
import type { Claim, Outcome, Preparation } from "./state.ts";
import { doAgain } from "./task-rows.ts";

/** Notes what a run is found to be computed on and with. A retried run goes on with what it has, if that was made of the same. */
export function notePreparation(db: Sqlite, { run, task }: Claim, preparation: Preparation): void {
  const { config, tasks } = preparation;
  const environment = JSON.stringify(preparation.environment);
  const dataset = JSON.stringify(preparation.dataset);
  const before = db.one("SELECT environment, dataset_summary FROM runs WHERE id = ?", run)!;
  const isAsBefore = before.environment === environment && before.dataset_summary === dataset;
  if (before.environment !== null && !isAsBefore) doAgain(db, run, task);
  db.run(
    "UPDATE runs SET config = ?, resolved_sha256 = ?, environment = ?, dataset_summary = ?, revision = revision + 1 WHERE id = ?",
    JSON.stringify(config),
    sha256(toJsonBytes(config)),
    environment,
    dataset,
    run,
  );
  for (const { id, cost, title } of tasks)
    db.run("UPDATE tasks SET cost = ?, title = ? WHERE run = ? AND id = ?", cost, title, run, id);
}

/** Notes what a run has come to. */
export function noteOutcome(db: Sqlite, run: string, outcome: Outcome, nowMs: number): void {
  db.run(
    `UPDATE runs SET state = 'finished', finished_at = ?, result_sha256 = ?, headline = ?, epsilon_reference = ?, error = NULL,
       revision = revision + 1 WHERE id = ?`,
    nowMs,
    outcome.resultSha256,
    JSON.stringify(outcome.headline),
    outcome.epsilonReference,
    run,
  );
}

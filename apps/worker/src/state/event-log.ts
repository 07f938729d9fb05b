import type { NewServerEvent, ServerEvent } from "@gambeson/contract";
import { integer, json, text, type Row, type Sqlite } from "./sqlite.ts";
import type { EventLog } from "./state.ts";

/**
 * Lets the ids of events go on from the clock's milliseconds, where they are not beyond that: a database that lost its end, or is a new one,
 * gives no id a second time, and who comes back with an old one misses nothing.
 */
export function seedEventIds(db: Sqlite, nowMs: number): void {
  db.transaction(() => {
    const changed = db.run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'events'", nowMs);
    if (changed === 0) db.run("INSERT INTO sqlite_sequence (name, seq) VALUES ('events', ?)", nowMs);
  });
}

/** Events in a table. Ids grow in the order in which transactions end, as only one writes at a time. */
export function createEventLog(db: Sqlite, now: () => number): EventLog {
  return {
    append: (event: NewServerEvent) => {
      const { run, kind, ...body } = event;
      db.run(
        "INSERT INTO events (run, at, kind, body) VALUES (?, ?, ?, ?)",
        run,
        now(),
        kind,
        JSON.stringify(body),
      );
    },
    after: (id, { limit, run }) =>
      (run === undefined
        ? db.all("SELECT * FROM events WHERE id > ? ORDER BY id LIMIT ?", id, limit)
        : db.all("SELECT * FROM events WHERE run = ? AND id > ? ORDER BY id LIMIT ?", run, id, limit)
      ).map(eventOf),
    lastId: () => integer(db.one("SELECT coalesce(max(id), 0) AS id FROM events")?.id),
    forgetProgress: () =>
      db.run(
        `DELETE FROM events WHERE kind = 'task-progress'
           AND run NOT IN (SELECT id FROM runs WHERE state IN ('queued', 'running'))`,
      ),
  };
}

function eventOf(row: Row): ServerEvent {
  return {
    ...(json(row.body) as object),
    id: integer(row.id),
    at: new Date(integer(row.at)).toISOString(),
    run: text(row.run),
    kind: text(row.kind),
  } as ServerEvent;
}

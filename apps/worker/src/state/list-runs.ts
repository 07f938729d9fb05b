import { Buffer } from "node:buffer";
import type { RunList, RunListQuery } from "@gambeson/contract";
import type { SQLInputValue } from "node:sqlite";
import { Refusal } from "./refusal.ts";
import { SELECT_RUNS, summaryOf } from "./run-rows.ts";
import { integer, type Row, type Sqlite } from "./sqlite.ts";

/** What a list can be sorted by; never null, so that a page can say where it ended. */
const SORT_KEYS = {
  created: "r.created_at",
  finished: "coalesce(r.finished_at, 0)",
  name: "lower(r.name)",
  state: "r.state",
} as const satisfies Record<RunListQuery["sort"], string>;

/** One page of runs. Pages are cut by key, not by number, so that none is skipped or shown twice when runs come and go. */
export function listRuns(db: Sqlite, query: RunListQuery): RunList {
  const filter = filterOf(query);
  const key = SORT_KEYS[query.sort];
  const [direction, beyond] = query.order === "asc" ? ["ASC", ">"] : ["DESC", "<"];
  const from = query.cursor === undefined ? null : decode(query.cursor, query);
  const page = from === null ? "" : `AND (${key}, r.id) ${beyond} (?, ?)`;
  const rows = db.all(
    `${SELECT_RUNS} WHERE ${filter.sql} ${page} ORDER BY ${key} ${direction}, r.id ${direction} LIMIT ?`,
    ...filter.values,
    ...(from ?? []),
    query.limit + 1,
  );
  const shown = rows.slice(0, query.limit);
  const total = db.one(`SELECT count(*) AS n FROM runs r WHERE ${filter.sql}`, ...filter.values);
  return {
    runs: shown.map(summaryOf),
    total: integer(total?.n),
    nextCursor: rows.length > query.limit ? encode(db, shown.at(-1)!, query) : null,
    eventId: integer(db.one("SELECT coalesce(max(id), 0) AS id FROM events")?.id),
  };
}

interface Filter {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

function filterOf({ state, tag, q }: RunListQuery): Filter {
  const parts: Filter[] = [{ sql: "1", values: [] }];
  if (state !== undefined)
    parts.push({ sql: `r.state IN (${state.map(() => "?").join(", ")})`, values: state });
  if (tag !== undefined)
    parts.push({ sql: "EXISTS (SELECT 1 FROM json_each(r.tags) WHERE value = ?)", values: [tag] });
  if (q !== undefined && q !== "") {
    const wanted = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
    const like = (place: string) => `${place} LIKE ? ESCAPE '\\'`;
    const found = [
      ...["r.name", "r.notes", "r.id", "r.config ->> '$.dataset.name'"].map(like),
      `EXISTS (SELECT 1 FROM json_each(r.tags) WHERE ${like("value")})`,
    ];
    parts.push({ sql: `(${found.join(" OR ")})`, values: found.map(() => wanted) });
  }
  return { sql: parts.map(({ sql }) => sql).join(" AND "), values: parts.flatMap(({ values }) => values) };
}

function encode(db: Sqlite, last: Row, { sort, order }: RunListQuery): string {
  const key = db.one(`SELECT ${SORT_KEYS[sort]} AS key FROM runs r WHERE r.id = ?`, last.id!)?.key;
  return Buffer.from(JSON.stringify([sort, order, key, last.id])).toString("base64url");
}

function decode(cursor: string, { sort, order }: RunListQuery): readonly [SQLInputValue, SQLInputValue] {
  try {
    const parts = JSON.parse(Buffer.from(cursor, "base64url").toString()) as readonly unknown[];
    const [itsSort, itsOrder, key, id] = parts;
    const isKey = typeof key === "string" || typeof key === "number";
    if (itsSort === sort && itsOrder === order && isKey && typeof id === "string") return [key, id];
  } catch {
    // Refused below.
  }
  throw new Refusal(
    "REQUEST_INVALID",
    "Cannot list runs as cursor must be the nextCursor of a page with the same sort and order: current value is another",
  );
}

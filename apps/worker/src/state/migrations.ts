import { RUN_STATES, TASK_STATES } from "@gambeson/contract";

const oneOf = (values: readonly string[]) => values.map((value) => `'${value}'`).join(", ");
/** Damage inside a cell shows in `PRAGMA integrity_check`, which looks at these conditions, too. */
const SHA256 = (column: string) => `(length(${column}) = 64 AND ${column} NOT GLOB '*[^0-9a-f]*')`;

/** Each takes the file from one version, its position, to the next; `PRAGMA user_version` says how many it has had. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY CHECK (length(id) = 20 AND id GLOB 'r*' AND id NOT GLOB '*[^0-9a-z]*'),
    -- Grows with every change that the run's own file holds too.
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    tags TEXT NOT NULL CHECK (json_valid(tags)),
    notes TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN (${oneOf(RUN_STATES)})),
    config TEXT NOT NULL CHECK (json_valid(config)),
    requested_sha256 TEXT NOT NULL CHECK ${SHA256("requested_sha256")},
    resolved_sha256 TEXT CHECK ${SHA256("resolved_sha256")},
    code TEXT NOT NULL,
    fresh INTEGER NOT NULL CHECK (fresh IN (0, 1)),
    idempotency_key TEXT UNIQUE,
    request_sha256 TEXT NOT NULL CHECK ${SHA256("request_sha256")},
    -- Whose workers do it; null until one has begun.
    build TEXT,
    environment TEXT CHECK (json_valid(environment)),
    dataset_summary TEXT CHECK (json_valid(dataset_summary)),
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    error TEXT,
    result_sha256 TEXT CHECK ${SHA256("result_sha256")},
    headline TEXT CHECK (json_valid(headline)),
    epsilon_reference REAL,
    CHECK (state <> 'finished' OR result_sha256 IS NOT NULL)
  ) STRICT;
  CREATE INDEX runs_by_creation ON runs (created_at, id);
  CREATE INDEX runs_by_config ON runs (requested_sha256, code);

  CREATE TABLE tasks (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    needs TEXT NOT NULL CHECK (json_valid(needs)),
    cost REAL NOT NULL,
    state TEXT NOT NULL CHECK (state IN (${oneOf(TASK_STATES)})),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Whether this run has been at it before: then a checkpoint may be its own.
    begun INTEGER NOT NULL DEFAULT 0 CHECK (begun IN (0, 1)),
    share REAL NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    token TEXT,
    worker TEXT,
    lease_until INTEGER,
    key TEXT CHECK ${SHA256("key")},
    outputs TEXT CHECK (json_valid(outputs)),
    started_at INTEGER,
    finished_at INTEGER,
    seconds REAL,
    reused INTEGER NOT NULL DEFAULT 0 CHECK (reused IN (0, 1)),
    error TEXT,
    PRIMARY KEY (run, id),
    CHECK (state <> 'running' OR (token IS NOT NULL AND lease_until IS NOT NULL)),
    CHECK (state <> 'finished' OR outputs IS NOT NULL)
  ) STRICT;
  CREATE INDEX tasks_by_state ON tasks (state, run, position);

  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run TEXT NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
  ) STRICT;
  CREATE INDEX events_by_run ON events (run, id);

  -- Requests that an earlier run answered: their keys are theirs all the same.
  CREATE TABLE answered_keys (
    key TEXT PRIMARY KEY,
    request_sha256 TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE
  ) STRICT;

  CREATE TABLE workers (
    id TEXT PRIMARY KEY,
    build TEXT NOT NULL,
    heard_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE uploads (
    kind TEXT NOT NULL CHECK (kind IN ('weights', 'dataset')),
    name TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    UNIQUE (kind, name)
  ) STRICT;

  CREATE TABLE found_datasets (
    name TEXT PRIMARY KEY,
    available INTEGER NOT NULL CHECK (available IN (0, 1)),
    note TEXT NOT NULL
  ) STRICT;
  `,
];

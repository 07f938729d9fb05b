import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

/** A connection, with statements prepared once. */
export interface Sqlite {
  /** @returns The rows of a query. */
  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[];
  /** @returns Its first row, if any. */
  one(sql: string, ...values: readonly SQLInputValue[]): Row | undefined;
  /** @returns How many rows a statement changed. */
  run(sql: string, ...values: readonly SQLInputValue[]): number;
  exec(sql: string): void;
  /** All of `work` or nothing: nobody else writes meanwhile, and what it wrote is on the disk when this returns. */
  transaction<T>(work: () => T): T;
  close(): void;
}
export type Row = Readonly<Record<string, SQLInputValue>>;

const BUSY_MS = 10_000;

/** @param path A file's, or ":memory:". */
export function openSqlite(path: string): Sqlite {
  const database = new DatabaseSync(path, { timeout: BUSY_MS });
  const prepared = new Map<string, StatementSync>();
  function prepare(sql: string): StatementSync {
    let statement = prepared.get(sql);
    if (statement === undefined) prepared.set(sql, (statement = database.prepare(sql)));
    return statement;
  }
  let isInTransaction = false;
  return {
    all: (sql, ...values) => prepare(sql).all(...values),
    one: (sql, ...values) => prepare(sql).get(...values),
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    exec: (sql) => {
      database.exec(sql);
    },
    transaction: (work) => {
      if (isInTransaction) return work();
      // Prepared, as what `exec` throws does not say whether it is the disk.
      prepare("BEGIN IMMEDIATE").run();
      isInTransaction = true;
      try {
        const value = work();
        prepare("COMMIT").run();
        return value;
      } catch (error) {
        rollBack(database);
        throw error;
      } finally {
        isInTransaction = false;
      }
    },
    close: () => {
      database.close();
    },
  };
}

/** A full disk ends a transaction by itself. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // There is none any more.
  }
}

/** Cells as what the schema says they are. */
export const text = (value: SQLInputValue | undefined): string => value as string;
export const textOrNull = (value: SQLInputValue | undefined): string | null => value as string | null;
export const integer = (value: SQLInputValue | undefined): number => Number(value);
export const numberOrNull = (value: SQLInputValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);
export const json = (value: SQLInputValue | undefined): unknown => JSON.parse(value as string);
export const jsonOrNull = (value: SQLInputValue | undefined): unknown =>
  value === null || value === undefined ? null : JSON.parse(value as string);

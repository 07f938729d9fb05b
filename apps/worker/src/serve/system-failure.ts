import type { ErrorCode } from "@gambeson/contract";

/** How a failure of the disk or of SQLite is known: Deno gives it a code, or nothing but words. */
interface Failure {
  readonly code: ErrorCode;
  readonly detail: string;
  /** Codes of the file system. */
  readonly files: readonly string[];
  /** SQLite's codes, primary or extended. */
  readonly sqlite: readonly number[];
  readonly words: RegExp;
}

const GONE: Failure = {
  code: "STATE_GONE",
  detail: "Cannot answer as the state folder must be where it was: current value is gone",
  files: [],
  sqlite: [14 /* CANTOPEN */, 1032 /* READONLY_DBMOVED */],
  words: /unable to open database file/,
};
/** The first that fits counts. */
const FAILURES: readonly Failure[] = [
  GONE,
  {
    code: "STORAGE_FULL",
    detail: "Cannot keep this as the state folder's disk must have room: current value is none",
    files: ["ENOSPC", "EDQUOT", "EFBIG"],
    sqlite: [13 /* FULL */],
    words: /database or disk is full/,
  },
  {
    code: "STORAGE_FULL",
    detail: "Cannot keep this as the state folder must be writable: current value is read-only",
    files: ["EROFS"],
    sqlite: [8 /* READONLY */],
    words: /readonly database|read-only/i,
  },
  {
    code: "STATE_DAMAGED",
    detail: "Cannot answer as the database must be whole: current value is damaged",
    files: [],
    sqlite: [11 /* CORRUPT */, 26 /* NOTADB */],
    words: /disk image is malformed|file is not a database|malformed database schema/,
  },
  {
    code: "STATE_BUSY",
    detail: "Cannot answer as the database must be free: current value is held by another process; ask again",
    files: [],
    sqlite: [5 /* BUSY */],
    words: /database is locked/,
  },
];

/** What of the disk, of SQLite or of the state folder made something fail: a code, and what must be otherwise. Null for any other error. */
export function systemFailure(error: unknown): readonly [ErrorCode, string] | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    // Files in the state folder are written by what says so in words of its own.
    const isGone = cause !== error && cause instanceof Deno.errors.NotFound;
    const failure = isGone ? GONE : FAILURES.find((each) => isOf(cause, each));
    if (failure !== undefined) return [failure.code, failure.detail];
  }
  return null;
}

function isOf(error: Error, { files, sqlite, words }: Failure): boolean {
  const errcode = "errcode" in error ? Number(error.errcode) : 0;
  return (
    ("code" in error && files.includes(String(error.code))) ||
    sqlite.includes(errcode) ||
    sqlite.includes(errcode & 0xff) ||
    words.test(error.message)
  );
}

/** Codes of the file system, and primary codes of SQLite, that say: no room, no leave, or not the time to write. */
const FILE_CODES = ["ENOSPC", "EDQUOT", "EROFS", "EFBIG"];
const SQLITE_CODES = [5 /* BUSY */, 8 /* READONLY */, 10 /* IOERR */, 13 /* FULL */, 14 /* CANTOPEN */];

/** Whether an error, or what caused it, says that the disk takes nothing just now: work can go on once that is mended. */
export function isStorageError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && FILE_CODES.includes(String(error.code))) return true;
  if ("errcode" in error && SQLITE_CODES.includes(Number(error.errcode) & 0xff)) return true;
  return isStorageError(error.cause);
}

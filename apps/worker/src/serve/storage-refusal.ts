import { Refusal } from "../state/refusal.ts";

/** How the system says that it takes no more: no room, no quota, a file too large, a disk that is only read. */
const FULL = ["ENOSPC", "EDQUOT", "EFBIG", "EROFS"];

/** A failure to write, as a refusal where it is the disk's; any other error as it is. */
export function storageRefusal(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && FULL.includes(String(cause.code))) {
      return new Refusal(
        "STORAGE_FULL",
        "Cannot keep this as the worker's disk must have room: current value is full",
        {
          cause: error,
        },
      );
    }
  }
  return error;
}

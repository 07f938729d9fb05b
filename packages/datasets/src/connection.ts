/** The network's failure, as opposed to the disk's: another address may do better. The message is one line. */
export class ConnectionFailure extends Error {
  constructor(cause: unknown) {
    super(`could not be reached or broke off (${reasonOf(cause)})`, { cause });
    this.name = "ConnectionFailure";
  }
}

/** `promise`, with its rejection marked as the network's. */
export async function connected<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw new ConnectionFailure(error);
  }
}

/** Aborts `signal` when `restart` has not been called for `timeoutMs`. Call `stop` at the end. */
export function createStallTimer(timeoutMs: number): {
  signal: AbortSignal;
  restart: () => void;
  stop: () => void;
} {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
  };
  const restart = () => {
    stop();
    timer = setTimeout(() => {
      controller.abort(new Error(`nothing came for ${timeoutMs / 1000} s`));
    }, timeoutMs);
  };
  restart();
  return { signal: controller.signal, restart, stop };
}

/** fetch hides its reason in `cause`: the innermost one says most. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  // Deno repeats the address, which the caller has named already.
  const line = error.message.replace(/ for url \(\S*\)/, "").split("\n")[0] ?? "";
  return line === "" ? error.name : line;
}

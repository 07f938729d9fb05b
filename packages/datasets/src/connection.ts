/** The network's failure, as opposed to the disk's: another address may do better. The message is a few words in one line. */
export class ConnectionFailure extends Error {
  constructor(cause: unknown) {
    super(describe(cause), { cause });
    this.name = "ConnectionFailure";
  }
}

/** The reason with which a stall timer aborts. */
class Silence extends Error {}

/** How Deno and Node say that a name has no address. */
const NO_SUCH_HOST = /\bdns error\b|\bENOTFOUND\b|\bEAI_AGAIN\b/;

/** `promise`, with its rejection marked as the network's. */
export async function connected<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw new ConnectionFailure(error);
  }
}

/** Aborts `signal` after `timeoutMs`, unless `restart` gives it another such time. Call `stop` at the end. */
export function createStallTimer(timeoutMs: number): {
  signal: AbortSignal;
  restart: (timeoutMs: number) => void;
  stop: () => void;
} {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
  };
  const restart = (nextMs: number) => {
    stop();
    timer = setTimeout(() => {
      controller.abort(new Silence(`no answer in ${nextMs / 1000} s`));
    }, nextMs);
  };
  restart(timeoutMs);
  return { signal: controller.signal, restart, stop };
}

function describe(cause: unknown): string {
  if (cause instanceof Silence) return cause.message;
  const reason = reasonOf(cause);
  return NO_SUCH_HOST.test(reason) ? "no such host" : `no connection (${reason})`;
}

/** fetch hides its reason in `cause`: the innermost one says most. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  // Deno repeats the address, which the caller has named already.
  const line = error.message.replace(/ for url \(\S*\)/, "").split("\n")[0] ?? "";
  return line === "" ? error.name : line;
}

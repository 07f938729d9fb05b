import { ProblemError, UnreachableError } from "@gambeson/client";

/** Between two looks at a server that does not answer. */
const AGAIN_MS = 1000;

/**
 * Asks again as long as the server is gone or busy.
 *
 * @param onTrouble Called each time that it is; what it throws ends the asking.
 * @throws Every other failure of `ask`.
 */
export async function untilAnswered<T>(
  ask: () => Promise<T>,
  onTrouble: (error: unknown) => void,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isPassing =
        error instanceof UnreachableError || (error instanceof ProblemError && error.status === 503);
      if (!isPassing || signal.aborted) throw error;
      onTrouble(error);
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

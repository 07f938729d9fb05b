import type { Client } from "@gambeson/client";
import type { Reporter } from "../terminal/reporter.ts";

export interface WaitingOptions {
  /** Ends the waiting: the run has begun, or nobody watches any more. */
  readonly signal: AbortSignal;
  /** Whether the server's launcher started us, and brings workers: what keeps them (it fetches images first) it shows itself. */
  readonly hasLauncher: boolean;
  /** So long a worker may take to come up, in milliseconds. */
  readonly patienceMs?: number;
}

/** Says what a queued run waits for: at once where there are workers, which are busy then; else only where none comes. */
export async function tellWaiting(
  client: Pick<Client, "readiness">,
  reporter: Pick<Reporter, "line">,
  { signal, hasLauncher, patienceMs = 5000 }: WaitingOptions,
): Promise<void> {
  const hasWorkers = async () => (await client.readiness({ signal })).workers > 0;
  try {
    if (!(await hasWorkers())) {
      if (hasLauncher) return;
      await pause(patienceMs, signal);
      if (!(await hasWorkers())) {
        reporter.line(
          "Queued: waiting for a worker; none is at work: start one with: npm run gambeson -- work",
        );
        return;
      }
    }
    if (!signal.aborted) reporter.line("Queued: it begins when a worker is free");
  } catch {
    // It has begun; or the server is gone, which who watches is told elsewhere.
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(new Error("no more waiting"));
      },
      { once: true },
    );
  });
}

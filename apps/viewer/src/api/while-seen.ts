/** How long a page may be out of sight before its work is stopped. */
const OUT_OF_SIGHT_MS = 5000;

/**
 * Does some work, which goes on until its signal aborts, only while the page is seen: browsers keep six connections a server for all of
 * its tabs. Where there is no page, it is always seen.
 */
export async function whileSeen(
  work: (seen: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await untilSeen(signal);
    if (signal.aborted) return;
    const stop = new AbortController();
    const seen = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (isHidden())
        timer = setTimeout(() => {
          seen.abort();
        }, OUT_OF_SIGHT_MS);
    };
    onVisibility(look, stop.signal);
    try {
      await work(AbortSignal.any([signal, seen.signal]));
    } finally {
      clearTimeout(timer);
      stop.abort();
    }
  }
}

function untilSeen(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = new AbortController();
    const look = () => {
      if (isHidden() && !signal.aborted) return;
      stop.abort();
      resolve();
    };
    onVisibility(look, stop.signal);
    signal.addEventListener("abort", look, { signal: stop.signal });
    look();
  });
}

function isHidden(): boolean {
  return (globalThis as { document?: Document }).document?.hidden === true;
}

function onVisibility(listener: () => void, signal: AbortSignal): void {
  (globalThis as { document?: Document }).document?.addEventListener("visibilitychange", listener, {
    signal,
  });
}

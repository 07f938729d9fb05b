/** Signals so close together are one press: Ctrl-C comes from the terminal, and again through the programs above us. */
const SAME_PRESS_MS = 300;
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];

export interface StopSignal {
  /** Aborts when the user asks to stop, or the program that started us is gone. */
  readonly signal: AbortSignal;
  /** Listens no longer. */
  close(): void;
}

/**
 * Listens for Ctrl-C and SIGTERM.
 *
 * @param onImpatience Called at a second press, and when nothing has stopped after `patienceMs`.
 * @param parentPipe Its end says that the program which started us is gone; null where none did.
 */
export function listenForStop(
  onImpatience: () => void,
  {
    patienceMs,
    parentPipe,
  }: { readonly patienceMs: number; readonly parentPipe: ReadableStream<Uint8Array> | null },
): StopSignal {
  const controller = new AbortController();
  const reader = parentPipe?.getReader();
  let askedAtMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function ask(): void {
    const nowMs = performance.now();
    if (askedAtMs === null) {
      askedAtMs = nowMs;
      controller.abort();
      timer = setTimeout(onImpatience, patienceMs);
    } else if (nowMs - askedAtMs > SAME_PRESS_MS) {
      onImpatience();
    }
  }

  async function watchParent(): Promise<void> {
    while (!(await reader?.read())?.done);
    ask();
  }

  for (const name of SIGNALS) Deno.addSignalListener(name, ask);
  if (reader !== undefined) watchParent().catch(() => undefined);
  return {
    signal: controller.signal,
    close: () => {
      clearTimeout(timer);
      askedAtMs = Infinity;
      for (const name of SIGNALS) Deno.removeSignalListener(name, ask);
      reader?.cancel().catch(() => undefined);
    },
  };
}

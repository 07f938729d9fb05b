/**
 * Lets the program's other work run (timers, signals, progress), then says whether to go on. Long computations call it
 * between batches: WebAssembly blocks the thread, so nothing else can be heard meanwhile.
 *
 * @throws The signal's reason (an AbortError by default) once it is aborted.
 */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  signal?.throwIfAborted();
}

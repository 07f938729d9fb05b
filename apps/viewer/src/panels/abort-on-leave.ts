import type { ReactiveControllerHost } from "lit";

/** Aborts tasks when their panel leaves the page: of themselves they would go on. */
export function abortOnLeave(
  host: ReactiveControllerHost,
  ...tasks: readonly { readonly abort: () => void }[]
): void {
  host.addController({
    hostDisconnected: () => {
      for (const task of tasks) task.abort();
    },
  });
}

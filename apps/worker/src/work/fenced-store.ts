import type { Store } from "@gambeson/experiment";

export interface Fence {
  /** Throws when the task is no longer ours. */
  check(): void;
  /** Act as if nothing had been finished before. */
  readonly fresh: boolean;
  /** Whether the run has not been at the task before: then a fresh one has no checkpoint of its own. */
  readonly isFirst: boolean;
}

/** A store in which one claimed task works: every write asks first whether the claim still holds. */
export function fencedStore(store: Store, { check, fresh, isFirst }: Fence): Store {
  return {
    artefact: store.artefact,
    keepArtefact: async (bytes) => {
      check();
      return store.keepArtefact(bytes);
    },
    finished: (key) => (fresh ? Promise.resolve(null) : store.finished(key)),
    finish: async (record) => {
      check();
      await store.finish(record);
    },
    checkpoint: (key) => (fresh && isFirst ? Promise.resolve(null) : store.checkpoint(key)),
    keepCheckpoint: async (key, bytes) => {
      check();
      await store.keepCheckpoint(key, bytes);
    },
  };
}

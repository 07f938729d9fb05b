import { sha256 } from "@gambeson/datasets";
import type { Store, TaskRecord } from "../store.ts";

/** A store that lasts as long as the program. */
export function memoryStore(): Store & { readonly records: ReadonlyMap<string, TaskRecord> } {
  const artefacts = new Map<string, Uint8Array<ArrayBuffer>>();
  const records = new Map<string, TaskRecord>();
  const checkpoints = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    records,
    artefact: (hash) => {
      const bytes = artefacts.get(hash);
      return bytes === undefined
        ? Promise.reject(new Error(`no artefact ${hash}`))
        : Promise.resolve(bytes.slice());
    },
    keepArtefact: async (bytes) => {
      const hash = await sha256(bytes);
      artefacts.set(hash, bytes.slice());
      return hash;
    },
    finished: (key) => {
      const record = records.get(key);
      const isThere =
        record !== undefined && Object.values(record.outputs).every((hash) => artefacts.has(hash));
      return Promise.resolve(isThere ? record : null);
    },
    finish: (record) => {
      records.set(record.key, record);
      checkpoints.delete(record.key);
      return Promise.resolve();
    },
    checkpoint: (key) => Promise.resolve(checkpoints.get(key) ?? null),
    keepCheckpoint: (key, bytes) => {
      checkpoints.set(key, bytes.slice());
      return Promise.resolve();
    },
  };
}

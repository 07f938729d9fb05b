import { join } from "node:path";
import { writeDurably } from "../disk/durable-file.ts";
import { fileError } from "../disk/file-error.ts";
import { integer, json, text, type Sqlite } from "./sqlite.ts";
import type { Library, StoredDataset, StoredWeights } from "./state.ts";

export interface LibraryWithFiles extends Library {
  /** Enters again what the database lost. */
  reconcile(): Promise<void>;
}

type Kind = "weights" | "dataset";
const NAME = /^(weights|dataset)-([0-9a-z-]+)\.json$/;

/**
 * Uploads are entries of a table; what they are made of are artefacts. Each entry is also a file of its own, as runs are.
 *
 * @param folder For these files; null for none.
 */
export function createLibrary(db: Sqlite, folder: string | null): LibraryWithFiles {
  function enter(kind: Kind, name: string, body: string): void {
    db.run("INSERT OR REPLACE INTO uploads (kind, name, body) VALUES (?, ?, ?)", kind, name, body);
  }
  async function add(kind: Kind, name: string, entry: object): Promise<void> {
    const body = JSON.stringify(entry);
    enter(kind, name, body);
    if (folder !== null)
      await writeDurably(join(folder, `${kind}-${name}.json`), new TextEncoder().encode(`${body}\n`));
  }
  const list = (kind: Kind) =>
    db.all("SELECT body FROM uploads WHERE kind = ? ORDER BY rowid", kind).map((row) => json(row.body));

  return {
    addWeights: (entry) => add("weights", entry.sha256, entry),
    weights: () => list("weights") as StoredWeights[],
    addDataset: (entry) => add("dataset", entry.name, entry),
    uploadedDatasets: () => list("dataset") as StoredDataset[],
    noteDatasets: (found) => {
      db.transaction(() => {
        for (const { name, available, note } of found) {
          db.run(
            "INSERT OR REPLACE INTO found_datasets (name, available, note) VALUES (?, ?, ?)",
            name,
            Number(available),
            note,
          );
        }
      });
    },
    foundDatasets: () =>
      db.all("SELECT * FROM found_datasets ORDER BY rowid").map((row) => ({
        name: text(row.name),
        available: integer(row.available) === 1,
        note: text(row.note),
      })),
    reconcile: async () => {
      if (folder === null) return;
      try {
        await Deno.mkdir(folder, { recursive: true });
        for (const { name } of Array.from(Deno.readDirSync(folder)).sort((a, b) =>
          a.name < b.name ? -1 : 1,
        )) {
          const [, kind, id] = NAME.exec(name) ?? [];
          if (kind === undefined || id === undefined) continue;
          const known = db.one("SELECT 1 FROM uploads WHERE kind = ? AND name = ?", kind, id);
          if (known === undefined) enter(kind as Kind, id, await Deno.readTextFile(join(folder, name)));
        }
      } catch (error) {
        throw fileError(`read ${folder}`, error);
      }
    },
  };
}

import { join } from "node:path";
import { writeDurably } from "../disk/durable-file.ts";
import { fileError } from "../disk/file-error.ts";
import { checkedFile, readChecked } from "./checked-file.ts";
import { integer, json, text, type Sqlite } from "./sqlite.ts";
import type { Library, StoredDataset, StoredWeights } from "./state.ts";

export interface LibraryWithFiles extends Library {
  /**
   * Enters again what the database lost, and writes the files that are missing or damaged.
   *
   * @param onNote Told, in one sentence, of each entry that could not be had back.
   */
  reconcile(onNote: (message: string) => void): Promise<void>;
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
    await keep(kind, name, body);
  }
  async function keep(kind: Kind, name: string, body: string): Promise<void> {
    if (folder !== null) await writeDurably(join(folder, `${kind}-${name}.json`), checkedFile(body));
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
    reconcile: async (onNote) => {
      if (folder === null) return;
      const inFiles = await readEntries(folder);
      for (const [file, body] of inFiles) {
        const [, kind, name] = NAME.exec(file) as unknown as [string, Kind, string];
        const known = db.one("SELECT 1 FROM uploads WHERE kind = ? AND name = ?", kind, name);
        if (known !== undefined) continue;
        if (body !== null) enter(kind, name, body);
        else
          onNote(
            `${join(folder, file)} is damaged and its upload is not in the database; it is left as it is`,
          );
      }
      for (const row of db.all("SELECT kind, name, body FROM uploads")) {
        const [kind, name, body] = [text(row.kind) as Kind, text(row.name), text(row.body)];
        if (inFiles.get(`${kind}-${name}.json`) !== body) await keep(kind, name, body);
      }
    },
  };
}

/** What each file of an entry says, in the order of their names; null where it is damaged. */
async function readEntries(folder: string): Promise<ReadonlyMap<string, string | null>> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).filter((name) => NAME.test(name));
    const entries = new Map<string, string | null>();
    for (const name of names.sort()) entries.set(name, readChecked(await Deno.readFile(join(folder, name))));
    return entries;
  } catch (error) {
    throw fileError(`read ${folder}`, error);
  }
}

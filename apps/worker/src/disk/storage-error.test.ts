import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openSqlite } from "../state/sqlite.ts";
import { fullDisk } from "../testing/full-disk.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { replaceFile } from "./durable-file.ts";
import { fileError } from "./file-error.ts";
import { isStorageError } from "./storage-error.ts";

const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

test("isStorageError() knows a full disk, however deep it is said", async () => {
  const full = await thrownBy(() =>
    replaceFile(`${temporaryFolder()}/x`, new Uint8Array(10), { disk: fullDisk(5) }),
  );
  expect(full).toBeInstanceOf(Error);
  expect(isStorageError(full)).toBe(true);
  expect(isStorageError(new Error("outside", { cause: fileError("write x", full) }))).toBe(true);
});

test("isStorageError() knows SQLite's own words for it, also from a transaction's end", async () => {
  const db = openSqlite(":memory:");
  db.exec("CREATE TABLE t (x); PRAGMA max_page_count = 1");
  expect(isStorageError(await thrownBy(() => db.run("INSERT INTO t VALUES (?)", "x".repeat(10_000))))).toBe(
    true,
  );
  const locked = `${temporaryFolder()}/x.db`;
  const first = openSqlite(locked);
  first.exec("CREATE TABLE t (x); BEGIN IMMEDIATE");
  const second = new DatabaseSync(locked, { timeout: 0 });
  expect(isStorageError(await thrownBy(() => second.prepare("BEGIN IMMEDIATE").run()))).toBe(true);
  second.close();
  first.close();
  db.close();
});

test("isStorageError() is no for all else", async () => {
  const db = openSqlite(":memory:");
  db.exec("CREATE TABLE t (x CHECK (x > 0))");
  const errors: unknown[] = [
    await thrownBy(() => Deno.readFileSync(`${temporaryFolder()}/nothing`)),
    await thrownBy(() => db.run("INSERT INTO t VALUES (0)")),
    await thrownBy(() => db.run("NO SQL")),
    new Error("ENOSPC"),
    Object.assign(new Error("odd"), { code: 13 }),
    { code: "ENOSPC" },
    "ENOSPC",
    null,
    undefined,
  ];
  for (const error of errors) expect(isStorageError(error), String(error)).toBe(false);
  db.close();
});

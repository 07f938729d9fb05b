import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkFolders } from "./check-folders.ts";
import { UsageError } from "./usage-error.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const OPTIONS = { dataDir: HERE, out: `${HERE}new.json`, markdown: null };

test("checkFolders() lets files be new, and folders not", async () => {
  await expect(checkFolders(OPTIONS)).resolves.toBeUndefined();
  await expect(checkFolders({ ...OPTIONS, dataDir: `${HERE}nowhere` })).rejects.toThrow(UsageError);
  await expect(checkFolders({ ...OPTIONS, out: `${HERE}nowhere/new.json` })).rejects.toThrow("nowhere");
  await expect(checkFolders({ ...OPTIONS, markdown: `${HERE}nowhere/new.md` })).rejects.toThrow(UsageError);
});

import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { ownStore, shareStore } from "./in-use.ts";

test("several may share a store; nobody owns it meanwhile", async () => {
  const folder = temporaryFolder();
  const [first, second] = [await shareStore(folder), await shareStore(folder)];
  expect(await ownStore(folder, 0)).toBeNull();
  first.close();
  expect(await ownStore(folder, 0)).toBeNull();
  second.close();
  const owned = await ownStore(folder, 0);
  expect(owned).not.toBeNull();
  owned!.close();
});

test("ownStore() waits for those at work, as long as it is told to", async () => {
  const folder = temporaryFolder();
  const share = await shareStore(folder);
  setTimeout(share.close.bind(share), 100);
  const owned = await ownStore(folder, 5000);
  expect(owned).not.toBeNull();
  expect(await ownStore(folder, 100)).toBeNull();
  owned!.close();
});

test("who wants to share a store waits for its owner", async () => {
  const folder = temporaryFolder();
  const owned = await ownStore(folder, 0);
  let isShared = false;
  const sharing = shareStore(folder).then((share) => {
    isShared = true;
    return share;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isShared).toBe(false);
  owned!.close();
  (await sharing).close();
  expect(isShared).toBe(true);
});

test("a folder that cannot be made is said in one line", async () => {
  const folder = temporaryFolder();
  Deno.writeTextFileSync(`${folder}/file`, "");
  await expect(shareStore(`${folder}/file/state`)).rejects.toThrow(/^Cannot write in .*file\/state as /);
});

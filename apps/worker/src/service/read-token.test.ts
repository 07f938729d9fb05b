import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { readToken } from "./read-token.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";

test("a token comes from its file, else from the environment, else there is none", async () => {
  const file = `${temporaryFolder()}/token`;
  Deno.writeTextFileSync(file, `${TOKEN}\n`);
  expect(await readToken(file, () => "another, in the environment, which is longer")).toBe(TOKEN);
  expect(await readToken(undefined, () => TOKEN)).toBe(TOKEN);
  expect(await readToken(undefined, () => undefined)).toBeNull();
});

test.each(["", "short", "0123456789abcdef 123456789abcdef0", `${TOKEN}é`])(
  "%j is no token",
  async (token) => {
    await expect(readToken(undefined, () => token)).rejects.toThrow(
      /^Cannot use the token of GAMBESON_TOKEN as it must be one word of at least 32 characters: current value has \d+;/,
    );
  },
);

test("a refusal never shows the token, and a missing file is named", async () => {
  await expect(readToken(undefined, () => "hunter2")).rejects.not.toThrow("hunter2");
  await expect(readToken("/nowhere/token", () => undefined)).rejects.toThrow(
    "Cannot read the token in /nowhere/token",
  );
});

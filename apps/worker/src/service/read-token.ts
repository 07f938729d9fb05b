import { UsageError } from "../commands/usage-error.ts";
import { fileError } from "../disk/file-error.ts";

const LEAST_CHARACTERS = 32;

/**
 * The token that requests must bring: from a file, else from GAMBESON_TOKEN; never from the command line, which others can see.
 *
 * @returns Null where neither is given.
 * @throws {UsageError} If it is too short to be safe, or not one word.
 */
export async function readToken(
  file: string | undefined,
  env: (name: string) => string | undefined,
): Promise<string | null> {
  const [token, source] =
    file === undefined ? [env("GAMBESON_TOKEN"), "GAMBESON_TOKEN"] : [(await readText(file)).trim(), file];
  if (token === undefined) return null;
  if (token.length >= LEAST_CHARACTERS && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError(
    `Cannot use the token of ${source} as it must be one word of at least ${LEAST_CHARACTERS} characters: ` +
      `current value has ${token.length}; make one with: openssl rand -hex 32`,
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw fileError(`read the token in ${path}`, error);
  }
}

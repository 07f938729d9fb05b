import { Refusal } from "../state/refusal.ts";

/** Does `check`; what a parser has against the file becomes a refusal in its words. */
export async function refuseFile<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    const isParsers = error instanceof SyntaxError || error instanceof RangeError;
    throw isParsers ? new Refusal("FILE_INVALID", error.message, { cause: error }) : error;
  }
}

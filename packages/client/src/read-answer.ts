import { describeIssues } from "@gambeson/contract";
import * as v from "valibot";
import { AnswerError } from "./answer-error.ts";

/** Reads an answer's JSON and checks it. @throws {AnswerError} If it does not fit: the server is of another version, or another program. */
export function readJson<S extends v.GenericSchema>(
  schema: S,
): (response: Response) => Promise<v.InferOutput<S>> {
  return async (response) => {
    const text = await response.text();
    return checked(schema, parsedJson(text, response), response);
  };
}

/** Says in errors where a value is from. */
type AnswerOrigin = Pick<Response, "url" | "status">;

/** @throws {AnswerError} If the value does not fit. */
export function checked<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  { url, status }: AnswerOrigin,
): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [{ path, message } = { path: "", message: "differs" }] = describeIssues(result.issues);
  throw new AnswerError(
    `Cannot read the answer of ${url} as its server must be of this version: ${path || "it"} ${message}`,
    status,
  );
}

export async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await response.arrayBuffer());
}

export function readText(response: Response): Promise<string> {
  return response.text();
}

export async function readNothing(response: Response): Promise<void> {
  await response.body?.cancel();
}

/** @throws {AnswerError} If it is not JSON. */
export function parsedJson(text: string, { url, status }: AnswerOrigin): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AnswerError(
      `Cannot read the answer of ${url} as it must be JSON: ${(error as SyntaxError).message}`,
      status,
      { cause: error },
    );
  }
}
